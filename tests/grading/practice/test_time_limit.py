"""An answer is ended in time, also one that fills the memory."""

import gc
import time

import pytest

from course_lib.grading.practice.time_limit import interrupt_after


@pytest.fixture
def slow_callback():
    """A callback of the garbage collector in which most of the time is spent, as where memory is filled."""

    def wait(phase, info):
        if phase == "stop":
            time.sleep(0.05)

    gc.callbacks.append(wait)
    yield
    gc.callbacks.remove(wait)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_an_answer_ends_though_the_garbage_collector_is_busy_when_its_time_is_up(slow_callback):
    def collects():
        while time.perf_counter() < began + 30:
            gc.collect(0)
            busy_until = time.perf_counter() + 0.01
            while time.perf_counter() < busy_until:
                pass

    began = time.perf_counter()
    interrupt_after(0.2, collects)
    assert time.perf_counter() < began + 10


def test_an_answer_that_ends_by_itself_is_left_alone():
    done = []
    interrupt_after(5, lambda: done.append(1))
    assert done == [1]
