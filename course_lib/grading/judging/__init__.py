"""The half of a check that knows the right answer: exercises, references, diagnoses, verdicts."""
