"""Contenders in warm processes of their own that take turns."""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
MATRIX = "matrix product"  # the contender that says how fast the machine multiplies
ENVIRONMENT = {"CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "3", "OMP_WAIT_POLICY": "PASSIVE"}


class ContenderFailed(RuntimeError):
    """Raised when a contender's process ends before its time."""


@dataclass
class Contender:
    """Who takes part: a function of a module, run by `worker.py`.

    Args:
        name: what tables call it.
        module, task, options: what is called, with a size and the options; the module lies in the folder
            `contenders` beside that of the size, unless it is named in full.
        environment: variables that its process needs.
    """

    name: str
    module: str
    task: str
    options: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)


class Player:
    """The process of a contender, warm.

    Args:
        contender: a `Contender`.
        size: a `Size`.
        python: the interpreter.
    """

    def __init__(self, contender, size, python=sys.executable):
        order = {**asdict(contender), "size": asdict(size), "size_module": type(size).__module__}
        self.name = contender.name
        self.process = subprocess.Popen(
            [str(python), "-m", "benchmarks.transformers.worker", json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, **ENVIRONMENT, **contender.environment},
        )
        self.about = self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise ContenderFailed(f"{self.name} ended with status {self.process.wait()}.")
        return json.loads(line)

    def turn(self, times):
        """Works `times` times: seconds and tokens, see `worker.worked`."""
        print(times, file=self.process.stdin, flush=True)
        return self._answer()

    def end(self):
        """Lets the process go."""
        self.process.stdin.close()
        self.process.wait()


def compete(contenders, size, *, python, rounds, times, warm_up=2):
    """Starts every contender, warms it up, and lets all take turns.

    Args:
        contenders: list of `Contender`; the first is what the others are compared with.
        size: a `Size`.
        python: interpreter of an environment that has them all.
        rounds: how many turns each has.
        times: how often it works in a turn.
        warm_up: how often before the first turn.

    Returns:
        dict name → what is stored of a contender: what it says about itself, its "rounds", the medians
        "wall" and "cpu" of seconds a token, and the medians over rounds of the first contender's seconds a
        token over its own, "wall_ratio" and "cpu_ratio".
    """
    players, results = [], {}
    try:
        for contender in contenders:
            player = Player(contender, size, python)
            players.append(player)
            warm = player.turn(warm_up)
            results[player.name] = {**player.about, "warm_up": warm, "rounds": []}
            print(f"{size.name()}: {player.name} is warm", flush=True)
        for _ in range(rounds):
            for player in players:
                results[player.name]["rounds"].append(player.turn(times))
    finally:
        for player in players:
            player.end()
    first = results[contenders[0].name]["rounds"]
    for result in results.values():
        for clock in ("wall", "cpu"):
            own = [turn[clock] / max(1, turn["tokens"]) for turn in result["rounds"]]
            base = [turn[clock] / max(1, turn["tokens"]) for turn in first]
            result[clock] = statistics.median(own)
            result[f"{clock}_ratio"] = statistics.median(b / o for b, o in zip(base, own, strict=True))
    return results


def add_shares(results, flops, times):
    """Adds what share of the measured rate of matrix products a step's necessary ones reach.

    Args:
        results: what `compete` returns; the matrix product is taken out, the others get the median "share".
        flops: operations in the products that a step needs.
        times: how many steps, or products, a turn has.

    Returns:
        operations a second of the matrix product, one value a round.
    """
    rate = results.pop(MATRIX)
    flops_per_second = [rate["flops"] * times / turn["wall"] for turn in rate["rounds"]]
    for result in results.values():
        result["share"] = statistics.median(
            flops * times / turn["wall"] / speed
            for turn, speed in zip(result["rounds"], flops_per_second, strict=True)
        )
    return flops_per_second
