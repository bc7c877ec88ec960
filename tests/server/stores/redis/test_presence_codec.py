"""Messages between servers, there and back; what is none of ours is refused."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.claims import Choices, Claim, CustomText
from presence_desktop.server.domain.feeds import Message, Picture, Touched, Word
from presence_desktop.server.domain.nodes import Chosen, Contribution, State
from presence_desktop.server.stores.redis import presence_codec as codec

NUMBERS = st.integers(0, 2**53)
MOMENTS = st.none() | NUMBERS
USERS = st.integers(1, 2**31 - 1)
WORDS = st.builds(Contribution, st.sampled_from(State), NUMBERS, MOMENTS)
CLAIMS = st.lists(st.builds(Claim, st.sampled_from(Status), NUMBERS, MOMENTS), max_size=3).map(tuple)
TEXTS = st.none() | st.builds(
    CustomText, st.none() | st.text(max_size=5), st.none() | st.text(max_size=5), MOMENTS
)
CHOICES = st.none() | st.builds(Choices, CLAIMS, TEXTS).filter(lambda one: bool(one.claims or one.custom))
CHOSEN = st.builds(Chosen, USERS, NUMBERS, CHOICES, st.booleans())
ITEMS = st.lists(st.builds(Word, USERS, WORDS) | st.builds(Touched, USERS, NUMBERS) | CHOSEN, max_size=4)
MESSAGES = st.builds(
    Message, st.text(max_size=9), NUMBERS, NUMBERS, NUMBERS, ITEMS.map(tuple), st.booleans(), st.booleans()
)


def told(**wrong: object) -> bytes:
    """A message with something wrong in it."""
    good = {"node": "n", "seq": 1, "at": 1, "stamp": 1, "items": [], "fresh": False, "leaving": False}
    assert codec.read_message(orjson.dumps(good))
    return orjson.dumps(good | wrong)


@given(MESSAGES)
def test_a_message_comes_as_it_went(message: Message) -> None:
    assert codec.read_message(codec.message(message)) == message


@given(MESSAGES, st.dictionaries(USERS, st.tuples(NUMBERS, WORDS), max_size=3), st.lists(CHOSEN, max_size=2))
def test_a_picture_comes_as_it_went(
    message: Message, words: dict[int, tuple[int, Contribution]], chosen: list[Chosen]
) -> None:
    entries = [(user_id, codec.entry(seq, word)) for user_id, (seq, word) in words.items()]
    picture = codec.read_picture("n1", codec.lease(message), entries, map(codec.choice, chosen))
    assert picture == Picture("n1", message.seq, message.at, message.stamp, words, tuple(chosen))


def test_a_newer_server_may_say_more() -> None:
    word = Word(7, Contribution(State.IDLE, 5))
    message = orjson.loads(codec.message(Message("n1", 1, 2, 3, (word,))))
    message["items"][0].append("more")
    message["more"] = 1
    assert codec.read_message(orjson.dumps(message)).items == (word,)
    assert codec.read_users([b"1", b"2"]) == [1, 2]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        told(node=1),
        told(seq=True),
        told(seq=-1),
        told(items=[["x"]]),
        told(items=[["t", 0, 1]]),
        told(items=[["w", 1, "x", 1, None]]),
        told(items=[["c", 1, 1, [["gone", 1, None]], None, False]]),
    ],
)
def test_what_is_none_of_ours_is_unreadable(data: bytes) -> None:
    with pytest.raises(codec.Unreadable):
        codec.read_message(data)
    with pytest.raises(codec.Unreadable):
        codec.read_users([b"x"])


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    try:
        codec.read_message(data)
    except codec.Unreadable:
        return
