"""What was opened last lies nearest, then the favourites; all of it nearer than what was only said lately."""

from presence_desktop.core.favourites import FAVOURITES, Sections, person, talk
from presence_desktop.core.near import MOST_RECENT, UNREAD, Near

LATELY = 4_102_444_800_000
ADA, BOB, ROOM = person(2), person(3), talk(2)


def test_at_first_nothing_is_near() -> None:
    near = Near()
    assert near.pull(ADA) == 0
    assert near.items == ()


def test_what_was_opened_last_is_nearer_than_what_was_opened_before() -> None:
    near = Near()
    near.begin((BOB, ROOM, BOB))
    near.opened(ROOM)
    near.opened(ADA)
    assert near.recent == (ADA, ROOM, BOB)
    assert UNREAD > near.pull(ADA) > near.pull(ROOM) > near.pull(BOB) > LATELY


def test_favourites_come_next_and_all_alike() -> None:
    near = Near()
    near.arrange(Sections().put(ADA, FAVOURITES).put(BOB, FAVOURITES))
    near.opened(BOB)
    near.opened(ROOM)
    assert near.items == (ROOM, BOB, ADA)
    assert near.pull(BOB) > near.pull(ADA) > LATELY
    near.arrange(Sections(()))
    assert near.pull(ADA) == 0


def test_no_more_is_remembered_than_one_remembers_oneself() -> None:
    near = Near()
    for number in range(50):
        near.opened(talk(number))
    assert len(near.recent) == MOST_RECENT
    assert near.recent[0] == talk(49)
