"""How much an answer may use, and how large the sheet it stands in may be."""

from dataclasses import dataclass

SHEET_BYTES = 20 * 2**20


@dataclass(frozen=True)
class Limits:
    """What one exercise may use, all of its cases together."""

    seconds: float = 30.0
    memory_bytes: int = 3 * 2**30
    output_bytes: int = 2**20
    file_bytes: int = 64 * 2**20
    processes: int = 8

    def time_out_words(self, num_answered, num_cases):
        """What to tell whoever wrote an answer that took longer.

        Example:
            >>> Limits(seconds=2.5).time_out_words(1, 6)
            'no end after 2.5 seconds. It had answered 1 of 6 cases.'
        """
        done = f" It had answered {num_answered} of {num_cases} cases." if num_answered else ""
        return f"no end after {self.seconds:g} seconds.{done}"
