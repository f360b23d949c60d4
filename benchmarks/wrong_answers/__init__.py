"""How many wrong answers are caught, and what they are told: `python -m benchmarks.wrong_answers`."""
