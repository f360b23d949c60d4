"""Seconds for each submission, measured in rounds that alternate between the graders."""

import os
import statistics
import tempfile
from pathlib import Path

from benchmarks.graders.classroom import SHEET, draw_class, due_points, sheet
from benchmarks.graders.commands import timed
from benchmarks.graders.ours import Ours
from benchmarks.hardware import describe_machine
from course_lib.grading.judging.judge import draw_cases

PROCESSES = 2
FULL_CLASS = 300


def round_of(grader, papers, processes):
    """Grades a class once in a fresh folder.

    Returns:
        A pair: seconds for each submission, and points by student and exercise.
    """
    with tempfile.TemporaryDirectory(prefix="graders-") as folder:
        commands = grader.stage(Path(folder), papers, processes)
        seconds = timed(commands, folder, processes)
        return seconds / len(papers), grader.points(Path(folder), papers)


def disagreements(papers, points):
    """Where marks differ from what a class has earned, in words; the same of many students is said once."""
    found = {}
    for paper in papers:
        received, due = points[paper.student], due_points(paper)
        if received is None:
            found.setdefault("no mark at all", []).append(paper.student)
            continue
        for name in due:
            if received.get(name) != due[name]:
                words = f"{name}, {paper.kinds[name]}: {received.get(name)} of {due[name]} points due"
                found.setdefault(words, []).append(paper.student)
    return found


def summary(seconds):
    """Median and extremes of the rounds."""
    return {
        "seconds_per_submission": statistics.median(seconds),
        "fastest_round": min(seconds),
        "slowest_round": max(seconds),
        "rounds": seconds,
    }


def measure(peers, students, rounds, large_class, seed):
    """Times the three graders on one class, then ours alone on a larger one.

    Args:
        peers: The graders to compare with.
        students: Number of submissions in a round.
        rounds: Number of rounds.
        large_class: Number of submissions for the extrapolation to 300; 0 leaves it out.
        seed: Seed of the class.

    Returns:
        The record to store.
    """
    papers, graders = draw_class(students, seed), [Ours(), *peers]
    seconds = {grader.name: [] for grader in graders}
    differences = {}
    with tempfile.TemporaryDirectory(prefix="graders-") as folder:
        for grader in graders:
            (Path(folder) / type(grader).__name__).mkdir()
            grader.prepare(Path(folder) / type(grader).__name__)
            round_of(grader, papers[:PROCESSES], PROCESSES)  # not counted: fills the cache of files
        load = os.getloadavg()[0]
        for number in range(rounds):
            for grader in graders:
                value, points = round_of(grader, papers, PROCESSES)
                seconds[grader.name].append(value)
                differences[grader.name] = disagreements(papers, points)
                print(f"round {number + 1}, {grader.name}: {value:.2f} s for each submission", flush=True)
        few = papers[: max(1, students // 4)]  # enough to see whether a peer is the quicker alone
        alone = {peer.name: round_of(peer, few, 1)[0] for peer in peers}
        print("one process:", alone, flush=True)
        large = measure_large(draw_class(large_class, seed + 1)) if large_class else None
    return {
        "sheet": SHEET,
        "exercises": len(sheet().exercises),
        "judged_calls": sum(len(draw_cases(exercise.name, 0)) for exercise in sheet().exercises),
        "students": students,
        "seed": seed,
        "answers": count_kinds(papers),
        "processes": PROCESSES,
        "machine": describe_machine() | {"load_average_at_start": load},
        "versions": {grader.name: grader.version() for grader in graders},
        "graders": {name: summary(values) for name, values in seconds.items()},
        "one_process_seconds_per_submission": alone,
        "differs_from_points_due": differences,
        "large_class": large,
    }


def measure_large(papers):
    """Our grader alone on a larger class, and what that means for a class of 300."""
    seconds, points = round_of(Ours(), papers, PROCESSES)
    return {
        "students": len(papers),
        "minutes": seconds * len(papers) / 60,
        "seconds_per_submission": seconds,
        "minutes_for_300": seconds * FULL_CLASS / 60,
        "differs_from_points_due": disagreements(papers, points),
    }


def count_kinds(papers):
    """How many answers of a class are right, wrong and blank."""
    kinds = [kind for paper in papers for kind in paper.kinds.values()]
    right, blank = kinds.count("right"), kinds.count("blank")
    return {"right": right, "wrong": len(kinds) - right - blank, "blank": blank}
