"""Group commit: what many people do within a few milliseconds shares one transaction, and one wait for the disk.

While one transaction is on its way, whatever arrives gathers for the next. Jobs of a transaction are decided one after
the other, in the order they came; a job that is refused harms no other. Only when all is on the disk is anybody told,
in that same order, and only then answered.
"""

import asyncio
from collections.abc import Callable, Collection
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import Event
from presence_desktop.server.services.chat.ledger import Ledger, Wanted
from presence_desktop.server.services.chat.ports import ChatPublisher, ChatStore, Collision, InDoubt

AT_ONCE = 250
"""Jobs in one transaction, at most."""
TRIES = 3
"""How often a job is tried alone that somebody else came in the way of at the same moment."""

T = TypeVar("T")
Told = list[tuple[Collection[int], Event]]


class Outcome(Struct, Generic[T]):
    """What a job answers, and who is to be told what once it is stored."""

    answer: T
    told: Told = field(default_factory=list)


Decide = Callable[[Ledger], Outcome[T]]


class _Job(Struct):
    wanted: Wanted
    decide: Decide[Any]
    future: asyncio.Future[Any]
    result: Outcome[Any] | Refused | None = None


class Committer:
    """Runs jobs on the store."""

    def __init__(self, store: ChatStore, publisher: ChatPublisher) -> None:
        self._store = store
        self._publisher = publisher
        self._waiting: list[_Job] = []
        self._doubtful = False
        """Whether something may have been stored that nobody was told of."""
        self._task: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """Jobs that wait for their transaction."""
        return len(self._waiting)

    async def do(self, wanted: Wanted, decide: Decide[T]) -> T:
        """Decide with what is wanted at hand; the answer, when it is stored. Raises Refused, StoreUnavailable."""
        job = _Job(wanted, decide, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        answer: T = await asyncio.shield(job.future)
        return answer

    async def stop(self) -> None:
        """Wait until all that was begun is done."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _work(self) -> None:
        await asyncio.sleep(0)  # what arrives in this very tick comes along
        while self._waiting:
            jobs, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            try:
                await self._together(jobs)
            except Exception as error:  # noqa: BLE001 - of many, one may be at fault: each for itself
                await self._apart(jobs, error)
        self._task = None

    async def _together(self, jobs: list[_Job]) -> None:
        wanted = Wanted()
        for job in jobs:
            wanted |= job.wanted

        def decide(ledger: Ledger) -> None:
            for job in jobs:
                job.result = _decided(job, ledger)

        try:
            await self._store.work(wanted, decide)
        except InDoubt:
            self._doubtful = True
            raise
        for job in jobs:
            self._finish(job)
        if self._doubtful:
            self._doubtful = False
            self._publisher.stale()

    async def _apart(self, jobs: list[_Job], error: Exception) -> None:
        if len(jobs) == 1 and not isinstance(error, Collision):
            _fail(jobs[0], error)
            return
        for job in jobs:
            await self._alone(job)

    async def _alone(self, job: _Job) -> None:
        for left in reversed(range(TRIES)):
            try:
                await self._together([job])
            except Collision:
                if not left:
                    _fail(job, Refused(Code.UNAVAILABLE))
            except Exception as error:  # noqa: BLE001 - it goes to whoever asked
                _fail(job, error)
                return
            else:
                return

    def _finish(self, job: _Job) -> None:
        if isinstance(job.result, Refused):
            _fail(job, job.result)
            return
        outcome: Outcome[Any] = job.result  # type: ignore[assignment]  # decided, as the transaction went through
        for user_ids, event in outcome.told:
            self._publisher.tell(user_ids, event)
        job.future.set_result(outcome.answer)


def _decided(job: _Job, ledger: Ledger) -> Outcome[Any] | Refused:
    try:
        return job.decide(ledger)
    except Refused as refusal:
        return refusal


def _fail(job: _Job, error: Exception) -> None:
    job.future.set_exception(error)
