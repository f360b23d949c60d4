"""Ends an answer that does not end by itself, in the very process that waits for it."""

import ctypes
import gc
import signal
import threading

AGAIN_SECONDS = 1.0  # an answer may catch the exception: it is raised anew until the answer has ended
SOON_SECONDS = 0.001  # later, where nothing can be raised


class OutOfTime(KeyboardInterrupt):
    """Raised inside an answer when its time is up: what lets an interrupt through lets this through."""


def interrupt_after(seconds, function):
    """Calls a function, and ends it when its time is up.

    On the main thread of Linux and macOS a signal does it, which ends a wait inside a system call as well. On
    other threads, and on Windows, the exception arrives between two steps of Python code: a call that stays
    in compiled code is not interrupted before it returns.

    Args:
        seconds: time it has.
        function: called without arguments.

    Example:
        >>> import time
        >>> steps = []
        >>> interrupt_after(0.1, lambda: [steps.append(1) or time.sleep(0.02) for _ in range(1000)])
        >>> 1 <= len(steps) < 10
        True
    """
    is_main = threading.current_thread() is threading.main_thread()
    alarm = _Signal(seconds) if is_main and hasattr(signal, "setitimer") else _Watcher(seconds)
    try:
        try:
            function()
        finally:
            alarm.stop()
    except OutOfTime:
        alarm.stop()  # it may have been raised in the midst of stopping


class _Signal:
    """Raises `OutOfTime` on the main thread by SIGALRM."""

    def __init__(self, seconds):
        self._before = signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)

    def _ring(self, number, frame):
        # What is raised in a callback of the garbage collector (JAX has one) is lost. To an answer that fills
        # the memory most signals come there.
        if any(getattr(callback, "__code__", None) is frame.f_code for callback in gc.callbacks):
            signal.setitimer(signal.ITIMER_REAL, SOON_SECONDS, AGAIN_SECONDS)
            return
        raise OutOfTime

    def stop(self):
        """Puts the signal back to what it was."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)


class _Watcher:
    """Raises `OutOfTime` on the thread that made it, from a thread that waits."""

    def __init__(self, seconds):
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._is_over = threading.Event()
        self._lock = threading.Lock()
        threading.Thread(target=self._wait, args=(seconds,), daemon=True).start()

    def _wait(self, seconds):
        while not self._is_over.wait(seconds):
            with self._lock:
                if not self._is_over.is_set():
                    self._send(ctypes.py_object(OutOfTime))
            seconds = AGAIN_SECONDS

    def _send(self, exception):
        ctypes.pythonapi.PyThreadState_SetAsyncExc(self._thread, exception)

    def stop(self):
        """Ends the wait; what was sent and has not arrived is taken back."""
        self._is_over.set()
        with self._lock:
            self._send(None)
