"""Tests that are alone run beside no other, and are not kept waiting by those that come later."""

import threading
from dataclasses import dataclass
from pathlib import Path

from tests.turns import arranged, turn
from tests.waiting import eventually


class Turn:
    """A test of another worker, which lasts until it is ended."""

    def __init__(self, folder: Path, *, alone: bool) -> None:
        self.running = threading.Event()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(folder, alone))
        self._thread.start()

    def _run(self, folder: Path, alone: bool) -> None:
        with turn(folder, alone=alone):
            self.running.set()
            self._end.wait(20)

    def end(self) -> None:
        self._end.set()
        self._thread.join()


def waits(one: Turn) -> bool:
    return not one.running.wait(0.1)


def runs(one: Turn) -> bool:
    return eventually(one.running.is_set)


def test_who_is_alone_waits_for_the_others_and_is_not_overtaken(tmp_path: Path) -> None:
    first, second = Turn(tmp_path, alone=False), Turn(tmp_path, alone=False)
    assert runs(first)
    assert runs(second)
    alone = Turn(tmp_path, alone=True)
    assert waits(alone)
    late = Turn(tmp_path, alone=False)
    first.end()
    assert waits(alone)
    second.end()
    assert runs(alone)
    another = Turn(tmp_path, alone=True)
    assert waits(late)
    assert waits(another)
    alone.end()
    for one in (late, another):
        one.end()
    assert runs(late)
    assert runs(another)


@dataclass(frozen=True)
class Test:
    """As much of a test as its order depends on."""

    __test__ = False
    path: Path
    name: str
    mark: str = ""

    def get_closest_marker(self, name: str) -> object:
        return self.mark == name or None


def test_files_with_servers_come_first_the_long_ones_next_and_those_alone_last(tmp_path: Path) -> None:
    def tests(file: str, *names: str, mark: str = "") -> list[Test]:
        return [Test(tmp_path / file, name, mark) for name in names]

    short = tests("core/test_a.py", "z")
    long = tests("gui/test_b.py", "y", "x")
    slow = tests("integration/test_c.py", "w")
    lonely = tests("integration/test_d.py", "v", mark="alone") + tests("integration/test_d.py", "u")
    shuffled = [lonely[1], short[0], long[0], lonely[0], long[1], slow[0]]
    assert arranged(shuffled) == [*slow, *long, *short, lonely[1], lonely[0]]
