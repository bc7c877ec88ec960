"""A conversation in words: its name, its line, its time; in both languages."""

import msgspec
import pytest

from presence_desktop.gui.language import Language
from presence_desktop.gui.rooms.face import room_letters
from presence_desktop.gui.rooms.talk_words import (
    Mood,
    badge_number,
    message_line,
    name_of,
    plain,
    short_time,
    talk_line,
    talk_sentence,
    talk_title,
)
from tests.gui.chat_stage import StagedChats, direct, message, picture_file, room
from tests.gui.scene import NOON, Scene

DAY = 86_400_000


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain words", "plain words"),
        ("**bold** and *it* and `code`", "bold and it and code"),
        ("two\nlines", "two lines"),
        ("> quoted\n\nsaid", "quoted said"),
        ("- one\n- two", "• one • two"),
        ("```py\nprint(1)\n```", "print(1)"),
        ("[words](https://example.org)", "words"),
        ("2 * 3 * 4 < 5_000_000", "2 * 3 * 4 < 5_000_000"),
        ("<b>no html</b>", "<b>no html</b>"),
        ("**굵게** 썼어요", "굵게 썼어요"),
        ("   ", ""),
        ("x" * 5000, "x" * 400),
    ],
)
def test_markdown_becomes_one_line(text: str, line: str) -> None:
    assert plain(text) == line


def test_files_are_told_by_kind_and_name(talking: Scene) -> None:
    photo = picture_file("photo.png")
    paper = msgspec.structs.replace(photo, name="paper.pdf", width=None)
    assert message_line(message(1, 1, 2, "", attachments=[photo])) == "Picture"
    assert message_line(message(1, 1, 2, "", attachments=[photo, photo])) == "2 pictures"
    assert message_line(message(1, 1, 2, "", attachments=[paper])) == "paper.pdf"
    assert message_line(message(1, 1, 2, "", attachments=[paper, photo])) == "2 files"
    assert message_line(message(1, 1, 2, "look", attachments=[photo])) == "look"
    assert message_line(message(1, 1, 2, "", deleted_at=NOON)) == "Message deleted"
    assert message_line(message(1, 1, 2, "")) == ""


def test_who_said_it_stands_before_it_where_that_is_not_plain(talking: Scene) -> None:
    client = talking.client
    said = room(20, "Room", message(20, 1, 3, "hello"))
    assert talk_line(client, said) == (Mood.PLAIN, "Noah Fischer: hello")
    assert talk_line(client, room(20, "Room", message(20, 1, 1, "hello")))[1] == "You: hello"
    assert talk_line(client, direct(21, 3, message(21, 1, 3, "hello")))[1] == "hello"
    assert talk_line(client, room(20, "Room", message(20, 1, None, "x")))[1] == "Somebody who left: x"
    assert talk_line(client, room(20, "Room", topic="All of it"))[1] == "All of it"
    assert talk_line(client, direct(21, 3))[1] == "Nothing said yet"


def test_typing_and_drafts_go_first(talking: Scene) -> None:
    client = talking.client
    assert talk_line(client, direct(21, 3, draft="soon")) == (Mood.DRAFT, "Draft: soon")
    assert talk_line(client, direct(21, 3, draft="soon", typing=(3,))) == (Mood.TYPING, "typing…")
    assert talk_line(client, room(20, "R", typing=(3,)))[1] == "Noah Fischer is typing…"
    assert talk_line(client, room(20, "R", typing=(3, 2)))[1] == "2 people are typing…"
    assert talk_line(client, room(20, "R", typing=(3, 2, 4)))[1] == "3 people are typing…"


def test_titles(talking: Scene) -> None:
    client = talking.client
    assert talk_title(client, room(20, "디자인")) == "디자인"
    assert talk_title(client, direct(21, 3)) == "Noah Fischer"
    assert talk_title(client, direct(22, 1)) == "Notes to yourself"
    assert name_of(client, 1) == "이하늘"
    assert name_of(client, 4711) == name_of(client, None) == "Somebody who left"


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
def test_a_sentence_tells_what_the_row_shows(talking: Scene, chats: StagedChats, language: Language) -> None:
    talking.window.choose_language(language)
    for talk in chats.talks.values():
        told = talk_sentence(talking.client, talk, NOON)
        assert talk_title(talking.client, talk) in told
        assert not talk.unread or str(talk.unread) in told


def test_times_are_short(talking: Scene) -> None:
    assert ":" in short_time(NOON - 60_000, NOON)
    assert short_time(NOON - 2 * DAY, NOON).isalpha()
    assert short_time(NOON - 30 * DAY, NOON) == "24 Oct"
    assert "24" in short_time(NOON - 400 * DAY, NOON)


def test_badges_stay_small() -> None:
    assert [badge_number(count) for count in (1, 999, 1000)] == ["1", "999", "999+"]


def test_rooms_have_letters() -> None:
    assert [room_letters(title) for title in ("디자인", "Release 1.0", "random", "#!", "  ", "주간 회의")] == [
        "디자", "R1", "R", "#", "#", "주간",
    ]  # fmt: skip
