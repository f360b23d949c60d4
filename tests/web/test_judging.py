"""Answers wait for each other; what ends the server ends them."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from course_lib.grading.sandbox import Limits
from course_lib.web import judging
from course_lib.web.standing import Standing


def run(coroutine):
    """Runs it in a thread of its own, since a browser's driver may have a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


class Checked:
    """What a check gives."""

    verdict = "a verdict"


class Counting(Standing):
    """Notes what is counted."""

    def __init__(self):
        super().__init__()
        self.counted = []

    def count(self, verdict):
        self.counted.append(verdict)


@pytest.fixture
def judge(monkeypatch):
    """A `Judging` whose answers wait until they are let go."""
    made = judging.Judging(Limits(), Counting())
    made.go, made.at_work, made.most = threading.Event(), 0, 0

    def judge_task(task, sandbox):
        made.at_work += 1
        made.most = max(made.most, made.at_work)
        made.go.wait(10)
        made.at_work -= 1
        return Checked()

    monkeypatch.setattr(judging, "judge_task", judge_task)
    yield made
    made.go.set()
    made.close()


def test_answers_are_judged_in_turn_and_not_too_many_wait(judge):
    async def ask():
        asked = [asyncio.ensure_future(judge.judge(number)) for number in range(judging.MOST_WAITING)]
        await asyncio.sleep(0)
        with pytest.raises(judging.TooMany):
            await judge.judge("one more")
        judge.go.set()
        return await asyncio.gather(*asked)

    assert len(run(ask())) == judging.MOST_WAITING
    assert judge.most == 1 and len(judge._standing.counted) == judging.MOST_WAITING


def test_at_the_end_nothing_more_is_counted(judge):
    async def ask():
        asked = [asyncio.ensure_future(judge.judge(number)) for number in range(3)]
        await asyncio.sleep(0.05)
        ending = asyncio.ensure_future(asyncio.to_thread(judge.close))
        await asyncio.sleep(0.05)
        judge.go.set()
        await ending
        return await asyncio.gather(*asked, return_exceptions=True)

    told = run(ask())
    assert [str(one) for one in told] == [judging.ENDING] * 3 and not judge._standing.counted


def test_a_worker_that_has_gone_is_replaced_once(judge, monkeypatch):
    tries = []

    def judge_task(task, sandbox):
        tries.append(task)
        if len(tries) < 2 or task == "never":
            raise RuntimeError("The answer's process did not start.")
        return Checked()

    monkeypatch.setattr(judging, "judge_task", judge_task)
    assert run(judge.judge("answer")).verdict == "a verdict" and len(tries) == 2
    with pytest.raises(RuntimeError, match="did not start"):
        run(judge.judge("never"))


def test_a_stop_ends_its_own_answer_whether_at_work_or_waiting_and_counts_nothing(judge, monkeypatch):
    ended = []
    monkeypatch.setattr(judging, "_end_answers", lambda **_: ended.append(judge.go.set()))

    async def ask():
        asked = {name: asyncio.ensure_future(judge.judge(name)) for name in ("at work", "waiting", "other")}
        await asyncio.sleep(0.05)
        assert await asyncio.to_thread(judge.stop, "waiting") and not ended
        assert await asyncio.to_thread(judge.stop, "at work") and ended
        assert not await asyncio.to_thread(judge.stop, "never sent")
        return await asyncio.gather(*asked.values(), return_exceptions=True)

    first, second, third = run(ask())
    assert isinstance(first, judging.Stopped) and isinstance(second, judging.Stopped)
    assert third.verdict == "a verdict" and judge._standing.counted == ["a verdict"]


def test_a_stop_that_comes_too_late_ends_nothing(judge, monkeypatch):
    monkeypatch.setattr(judging, "_end_answers", lambda **_: pytest.fail("it ended another answer"))
    judge.go.set()
    assert run(judge.judge("answer")).verdict == "a verdict"
    assert not judge.stop("answer")


def test_a_worker_is_ended_only_where_no_answer_runs_in_a_fork_of_it(monkeypatch):
    killed = []

    class Process:
        def __init__(self, *came):
            self.came = list(came)

        def children(self, recursive=False):
            return self.came

        def cmdline(self):
            return ["python", "-m", judging.WORKER]

        def kill(self):
            killed.append(self)

    fork, browser = Process(), Process()
    browser.cmdline = lambda: ["chromium"]
    worker = Process(fork)
    monkeypatch.setattr(judging.psutil, "Process", lambda: Process(worker, browser))
    assert judging._end_answers() and killed == [fork]
    worker.came.clear()
    assert not judging._end_answers(spares_workers=True) and killed == [fork]
    assert not judging._end_answers() and killed == [fork, worker]
