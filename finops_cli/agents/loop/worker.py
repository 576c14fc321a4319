"""A coroutine in a thread of its own, with an event loop of its own, that can be left behind.

Whatever loop the caller may be in is not touched. Blocking calls of a model's library run in
threads that end with the process, so that one that hangs keeps neither the caller nor the program.
"""

import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from finops_cli.agents.loop.desk import Desk, TimeIsUp

if TYPE_CHECKING:
    import asyncio

Work = Callable[[], Coroutine[Any, Any, None]]
P = ParamSpec("P")
T = TypeVar("T")

_GRACE = 0.3
"""Seconds in which an agent that was told to stop may put its conversation in order."""
_PATIENCE = 2.0
"""Seconds in which work that was cut off may give back what it holds."""


class Worker:
    """Runs work beside the caller.

    Args:
        work: Makes the coroutine.
        desk: Where the caller waits meanwhile.
    """

    def __init__(self, work: Work, desk: Desk) -> None:
        self._work = work
        self._desk = desk
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._error: BaseException | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def attend(
        self, stop: threading.Event, seconds_left: Callable[[], float | None]
    ) -> BaseException | None:
        """Run the work and wait for it; return what ended it early, None where nothing did.

        Args:
            stop: Tells the agents to stop; set when the caller is interrupted or the time is over.
            seconds_left: How long may be waited, None for as long as it takes.
        """
        try:
            self._thread.start()
            self._desk.serve(seconds_left)
            self._thread.join()
            return self._error
        except (KeyboardInterrupt, TimeIsUp) as reason:
            stop.set()
            self._wind_down()
            return reason

    def _wind_down(self) -> None:
        try:
            if not self._ended.wait(_GRACE) and self._loop and self._task:
                self._cut_off(self._loop, self._task)
                self._ended.wait(_PATIENCE)
            if self._ended.is_set():
                self._thread.join()
        except KeyboardInterrupt:  # impatience: what is left ends with the process
            return

    def _cut_off(self, loop: "asyncio.AbstractEventLoop", task: "asyncio.Task[None]") -> None:
        try:
            loop.call_soon_threadsafe(task.cancel)
        except RuntimeError:  # the loop has just been closed: the work is done
            return

    def _run(self) -> None:
        import asyncio

        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                self._loop.set_default_executor(_Unattached())
                runner.run(self._main())
        except BaseException as error:  # told to the caller, as a thread has nobody to tell
            self._error = error
        finally:
            self._ended.set()
            self._desk.close()

    async def _main(self) -> None:
        import asyncio

        self._task = asyncio.current_task()
        await self._work()


class _Unattached(ThreadPoolExecutor):
    """Runs each call in a thread that nothing waits for, neither the loop nor the interpreter."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(fn(*args, **kwargs))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        return future
