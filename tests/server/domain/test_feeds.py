"""Which messages of another server count, and when its whole picture is needed."""

from msgspec.structs import replace

from presence_desktop.server.domain.feeds import EARLY_AT_MOST, Feed, Message, Picture, Touched, Word
from presence_desktop.server.domain.nodes import Contribution, State

ACTIVE, IDLE = Contribution(State.ACTIVE, 1), Contribution(State.IDLE, 2)


def message(seq: int, *items: Word | Touched, fresh: bool = False) -> Message:
    return Message("n1", seq, 0, 0, items, fresh)


def known(seq: int = 5) -> Feed:
    """A feed whose picture as of this message was read."""
    feed = Feed()
    assert feed.adopt(Picture("n1", seq, 0, 0))
    return feed


def test_messages_in_order_are_taken_and_doubles_are_not() -> None:
    feed, word = known(), Word(1, ACTIVE)
    assert feed.receive(message(6, word)) == (word,)
    assert feed.receive(message(6, word)) == ()
    assert feed.receive(message(5, word)) == ()
    assert (feed.seq, feed.awaits) == (6, False)


def test_before_the_picture_after_a_gap_and_when_it_is_said_the_picture_is_needed() -> None:
    feed = Feed()
    assert feed.awaits
    feed = known()
    assert feed.receive(message(7)) == ()
    assert feed.awaits
    feed = known()
    assert feed.receive(message(6, fresh=True)) == ()
    assert feed.awaits


def test_what_came_while_the_picture_was_read_is_laid_over_it_in_order() -> None:
    feed = Feed()
    newer, touched = Word(1, IDLE), Touched(2, 9)
    for early in (message(8, newer), message(7, Word(1, ACTIVE), touched), message(4, Word(3, ACTIVE))):
        assert feed.receive(early) == ()
    picture = Picture("n1", 6, 0, 0, {1: (7, ACTIVE)})
    assert feed.adopt(picture)
    assert list(feed.rest(picture)) == [touched, newer]
    assert (feed.seq, feed.awaits) == (8, False)


def test_a_gap_in_what_came_meanwhile_needs_another_picture() -> None:
    feed = Feed()
    feed.receive(message(9, Word(1, IDLE)))
    picture = Picture("n1", 6, 0, 0)
    assert feed.adopt(picture)
    assert list(feed.rest(picture)) == []
    assert feed.awaits
    assert feed.adopt(replace(picture, seq=9))
    assert list(feed.rest(picture)) == []
    assert not feed.awaits


def test_a_picture_that_is_older_than_what_is_known_or_announced_does_not_count() -> None:
    feed = known(5)
    feed.awaits = True
    assert not feed.adopt(Picture("n1", 4, 0, 0))
    feed.receive(message(8, fresh=True))
    assert not feed.adopt(Picture("n1", 7, 0, 0))
    assert feed.awaits
    assert feed.adopt(Picture("n1", 8, 0, 0))


def test_what_waits_is_bounded() -> None:
    feed = Feed()
    for seq in range(EARLY_AT_MOST + 10):
        feed.receive(message(seq))
    picture = Picture("n1", 0, 0, 0)
    assert feed.adopt(picture)
    assert list(feed.rest(picture)) == []
    assert feed.awaits
