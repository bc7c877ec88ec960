"""The demo's story: everybody is of the cast, every place is opened, nothing is referred to before it was said."""

import struct
import zlib
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from presence_desktop.app.demo import story
from presence_desktop.app.demo.cast import COLLEAGUES, ME
from presence_desktop.app.demo.drawing import HEIGHT, WIDTH, landscape_png, load_test_png
from presence_desktop.protocol import chat

EVERYBODY = {person.username for person in (*COLLEAGUES, ME)}


def check(cues: tuple[story.Cue, ...], said: dict[str, str]) -> None:
    for cue in cues:
        match cue:
            case story.Say(where, who, text, name, answers):
                assert who in people(where)
                assert text
                assert not answers or said[answers] == where
                said |= {name: where} if name else {}
            case story.React(who, to, _):
                assert who in people(said[to])
            case story.Pin(who, what):
                assert who in people(said[what])
            case story.Read(where, who):
                assert set(who) <= people(where)


def people(where: str) -> set[str]:
    return {story.SKY, story.DIRECT[where]} if where in story.DIRECT else set(story.ROOMS[where].people)


def test_everybody_speaks_where_they_are_and_about_what_was_said() -> None:
    said: dict[str, str] = {}
    check(story.PAST, said)
    for dialogue in story.DIALOGUES:
        check(dialogue, dict(said))
    for room in story.ROOMS.values():
        assert set(room.people) <= EVERYBODY
        chat.NewRoom(id=UUID(int=1), title=room.title, topic=room.topic, visibility=room.visibility)


def test_after_the_curtain_nobody_speaks_for_oneself() -> None:
    said = [cue for dialogue in story.DIALOGUES for cue in dialogue if isinstance(cue, story.Say)]
    assert said
    assert story.SKY not in {cue.who for cue in said}


def test_typing_takes_a_while_but_nobody_has_to_wait_long() -> None:
    assert (
        1
        < story.typing_seconds("네")
        < story.typing_seconds("네, 확인했습니다!")
        < story.typing_seconds("x" * 900)
        <= 5
    )


@pytest.mark.parametrize(
    ("draw", "width", "height"),
    [
        (load_test_png, WIDTH, HEIGHT),
        *((partial(landscape_png, *one), 128, 128) for one in story.FACES.values()),
    ],
)
def test_the_pictures_are_png_of_their_size(draw: Callable[[], bytes], width: int, height: int) -> None:
    data = draw()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (width, height)
    begin = data.index(b"IDAT") + 4
    (length,) = struct.unpack(">I", data[begin - 8 : begin - 4])
    assert len(zlib.decompress(data[begin : begin + length])) == height * (1 + width * 3)
