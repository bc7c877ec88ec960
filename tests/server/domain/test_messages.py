"""What may become of a message, and whom it mentions."""

import time
from collections.abc import Callable, Mapping
from uuid import UUID

import pytest

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import messages
from presence_desktop.server.domain.messages import File, Letter

ANN, BOB, EVE = 1, 2, 3
NOW = 5_000
NAMES: Mapping[str, list[int]] = {"ann": [ANN], "bob lee": [BOB], "j.doe": [4], "강다은": [5], "twin": [6, 7]}
PICTURE = File(UUID(int=9), ANN, "a.png", "image/png", 10)


def names() -> Mapping[str, list[int]]:
    return NAMES


def letter(text: str = "hello", **more: object) -> Letter:
    return Letter(UUID(int=1), 7, 1, 1, ANN, text, 1_000, **more)  # type: ignore[arg-type]


def refused(doing: Callable[[], object]) -> Code:
    with pytest.raises(Refused) as caught:
        doing()
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "people", "everybody"),
    [
        ("@ann", (ANN,), False),
        ("hi @ANN, hi @ann!", (ANN,), False),
        ('@"bob lee" and @bob', (BOB,), False),
        ("@j.doe.", (4,), False),
        ("(@강다은)", (5,), False),
        ("@twin", (6, 7), False),
        ("@all", (), True),
        ("tell @all.", (), True),
        ("@allow me", (), False),
        ("ann@example.org @@ann a@ann", (), False),
        ("@ ann @", (), False),
        ('@"ann\n"', (), False),
        ("no sign", (), False),
    ],
)
def test_whom_a_text_mentions(text: str, people: tuple[int, ...], everybody: bool) -> None:
    assert messages.mentioned(text, names) == (people, everybody)


def test_somebody_called_all_is_meant_by_their_name() -> None:
    assert messages.mentioned("@all", lambda: {"all": [ANN]}) == ((ANN,), False)


def test_who_is_there_is_asked_only_if_somebody_is_mentioned() -> None:
    def nobody_asks() -> Mapping[str, list[int]]:
        raise AssertionError

    assert messages.with_text(letter(), "a @ b", nobody_asks).text == "a @ b"


def test_ten_thousand_mentions_are_refused_in_no_time() -> None:
    many = {f"u{at}": [at] for at in range(1, 5_001)}
    text = "".join(f"@u{at} " for at in range(1, 10_001))[: limits.MESSAGE_LENGTH]
    began = time.process_time()
    assert refused(lambda: messages.with_text(letter(), text, lambda: many)) is Code.TOO_MANY_MENTIONS
    assert messages.mentioned('@"' * 4_000, names) == ((), False)
    assert messages.mentioned("@" * 8_000, names) == ((), False)
    assert messages.mentioned("@a" * 4_000, names) == ((), False)
    assert time.process_time() - began < 0.2
    at_most = "".join(f"@u{at} " for at in range(1, limits.MENTIONS + 1))
    assert len(messages.mentioned(at_most, lambda: many)[0]) == limits.MENTIONS


def test_html_and_markdown_are_text_like_any_other() -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![](data:text/html,x) **b**"
    assert messages.with_text(letter(), text, names).text == text


def test_an_empty_text_needs_a_file_and_unseen_characters_are_empty() -> None:
    for nothing in ("", " \n", "\u200b\u2060", "\u3164"):
        assert (
            refused(lambda nothing=nothing: messages.with_text(letter(), nothing, names)) is Code.INVALID_TEXT
        )
        assert messages.with_text(letter(files=(PICTURE,)), nothing, names).text == ""


def test_only_the_sender_edits_and_the_same_text_is_no_edit() -> None:
    one = letter("a")
    assert refused(lambda: messages.edited(one, BOB, "b", names, NOW)) is Code.FORBIDDEN
    assert messages.edited(one, ANN, " a ", names, NOW) is one
    new = messages.edited(one, ANN, "@ann", names, NOW)
    assert (new.text, new.edited_at, new.mentions) == ("@ann", NOW, (ANN,))


def test_a_deleted_message_keeps_its_place_and_nothing_else() -> None:
    full = letter(
        "x", edited_at=1, mentions=(BOB,), mentions_all=True, files=(PICTURE,), reactions=(("👍", (BOB,)),),
        pinned_at=1, pinned_by=BOB, reply_to=messages.quoted(letter()),
    )  # fmt: skip
    assert refused(lambda: messages.deleted(full, BOB, leads=False, now=NOW)) is Code.FORBIDDEN
    bare = messages.deleted(full, BOB, leads=True, now=NOW)
    assert bare == letter("", deleted_at=NOW)
    assert messages.deleted(bare, ANN, leads=False, now=NOW + 1) is bare
    for later in (
        lambda: messages.edited(bare, ANN, "x", names, NOW),
        lambda: messages.reacted(bare, ANN, "👍", on=True),
        lambda: messages.pinned(bare, ANN, on=True, pins=0, now=NOW),
    ):
        assert refused(later) is Code.MESSAGE_DELETED


def test_reactions_come_in_order_once_each_and_empty_ones_go() -> None:
    one = messages.reacted(letter(), BOB, "👍", on=True)
    assert messages.reacted(one, BOB, "👍", on=True) is one
    two = messages.reacted(messages.reacted(one, ANN, "👍", on=True), ANN, "🎉", on=True)
    assert two.reactions == (("👍", (BOB, ANN)), ("🎉", (ANN,)))
    assert messages.reacted(two, EVE, "🎉", on=False) is two
    assert messages.reacted(two, ANN, "🎉", on=False).reactions == (("👍", (BOB, ANN)),)
    for wrong in ("x", "", "👍👍", "<b>", "👍\u202e"):
        assert (
            refused(lambda wrong=wrong: messages.reacted(one, ANN, wrong, on=True)) is Code.INVALID_REACTION
        )


def test_a_message_bears_so_many_kinds_of_reactions_and_no_more() -> None:
    full = letter()
    for at in range(limits.REACTIONS):
        full = messages.reacted(full, ANN, chr(0x1F600 + at), on=True)
    assert refused(lambda: messages.reacted(full, BOB, "🎉", on=True)) is Code.LIMIT_REACHED
    assert len(messages.reacted(full, BOB, "😀", on=True).reactions) == limits.REACTIONS


def test_pins() -> None:
    one = letter()
    assert messages.pinned(one, ANN, on=False, pins=0, now=NOW) is one
    pinned = messages.pinned(one, BOB, on=True, pins=limits.PINS - 1, now=NOW)
    assert (pinned.pinned_at, pinned.pinned_by) == (NOW, BOB)
    assert messages.pinned(pinned, ANN, on=True, pins=limits.PINS, now=NOW + 1) is pinned
    assert messages.pinned(pinned, ANN, on=False, pins=1, now=NOW) == one
    assert (
        refused(lambda: messages.pinned(one, ANN, on=True, pins=limits.PINS, now=NOW)) is Code.LIMIT_REACHED
    )


def test_a_quote_is_the_beginning() -> None:
    quote = messages.quoted(letter("x" * 500))
    assert (quote.id, quote.seq, quote.sender_id, quote.text) == (UUID(int=1), 1, ANN, "x" * 200)
