"""The scores and speeds that were aimed at, beside what was measured."""

from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from benchmarks.minutes.tables import leads, scores

OURS, OURS_COMPILED = "course_lib without XLA", "course_lib"
PEER, PEER_DECODING = "keras-hub", "keras-hub generate"


@dataclass(frozen=True)
class Aim:
    """A bound and what was measured, once or for each size."""

    what: str
    bound: float
    measured: list
    form: str = "{:.2f}"
    is_ceiling: bool = False

    def reached(self):
        """Whether the bound is kept, in the order of `measured`."""
        return [value <= self.bound if self.is_ceiling else value >= self.bound for value in self.measured]

    def row(self):
        """A row of the table."""
        wanted = ("≤ " if self.is_ceiling else "≥ ") + f"{self.bound:g}"
        values = " and ".join(self.form.format(value) for value in self.measured)
        verdicts = ["yes" if reached else "**no**" for reached in self.reached()]
        return f"| {self.what} | {wanted} | {values} | {' and '.join(dict.fromkeys(verdicts))} |"


def quality(ladder, minutes):
    """Translation."""
    transformer = ladder["transformer"]
    rivals = {
        "over keras-hub's blocks, untuned": (2, leads(minutes, "keras_hub_untuned")),
        "over keras-hub's blocks with our rule": (0, leads(minutes, "keras_hub_told")),
    }
    ours = [fmean(by_seed.values()) for by_seed in scores(minutes, "ours").values()]
    gains = [later - earlier for earlier, later in pairwise(ours)]
    return [
        Aim("Multi30k, test BLEU, greedily", 42, [transformer["test_bleu_greedy"]], "{:.1f}"),
        Aim("the same with a beam of five", 42, [transformer["test_bleu_beam5"]], "{:.1f}"),
        Aim("the same, million parameters", 4, [transformer["parameters"] / 1e6], is_ceiling=True),
        *(
            Aim(
                f"equal minutes, least mean lead in BLEU {whom} (pairs: {fewest(by_minutes)} or more)",
                bound,
                [min(map(fmean, by_minutes.values()))],
                "{:.1f}",
            )
            for whom, (bound, by_minutes) in rivals.items()
            if by_minutes
        ),
        Aim("the same, least mean gain in BLEU from twice the minutes", 0, [min(gains)], "{:.1f}"),
    ]


def fewest(by_minutes):
    """How many runs stand behind the least of several means."""
    return min(map(len, by_minutes.values()))


def training_speed(record):
    """Steps of training on both sizes, without XLA."""
    same, as_used = ([size[way] for size in record["results"].values()] for way in ("same", "as_used"))

    def first_steps(contests):
        return [contest[OURS]["first"]["wall"] / contest[PEER]["first"]["wall"] for contest in contests]

    return [
        Aim(
            "training, same arithmetic, times as fast as keras-hub",
            1.2,
            [contest[OURS]["wall_ratio"] for contest in same],
            "{:.3f}",
        ),
        Aim(
            "the same, % of the matrix rate",
            60,
            [100 * contest[OURS]["share"] for contest in same],
            "{:.1f}",
        ),
        Aim(
            "training as each is used, a real token",
            1.6,
            [contest[OURS]["wall_ratio"] for contest in as_used],
        ),
        Aim("first step, same arithmetic, share of keras-hub's", 0.5, first_steps(same), is_ceiling=True),
        Aim("first step, as each is used", 0.5, first_steps(as_used), is_ceiling=True),
    ]


def decoding_speed(record):
    """Greedy search and what a beam costs, on both sizes."""
    aims = []
    for batch, bound in (("batch 64", 2.5), ("batch 1", 12)):
        contests = [size[batch] for size in record["results"].values()]

        def ahead_of(name, contests=contests):
            return [
                contest[OURS_COMPILED]["wall_ratio"] / contest[name]["wall_ratio"] for contest in contests
            ]

        aims += [
            Aim(f"greedy decoding, {batch}, times as fast as keras-hub", bound, ahead_of(PEER_DECODING)),
            Aim(
                f"greedy decoding, {batch}, with XLA on both sides",
                1.5,
                ahead_of(f"{PEER_DECODING} with XLA"),
            ),
            Aim(
                f"beam of five, {batch}, times the cost of greedy",
                6,
                ahead_of("course_lib, beam of 5"),
                is_ceiling=True,
            ),
        ]
    return aims


def aims_table(ladder, minutes, training, decoding):
    """All of them; where two values stand, they are those of the small and of the large size."""
    return table_of_aims([*quality(ladder, minutes), *training_speed(training), *decoding_speed(decoding)])


def table_of_aims(aims):
    """Rows of aims, as markdown."""
    return "\n".join(
        ["| aim | wanted | measured | reached |", "|---|---:|---:|---|", *(aim.row() for aim in aims)]
    )
