"""Messages this app does not understand, or could not read: a quiet line says so; only what can be done is offered."""

import pytest

from presence_desktop.gui.chat.deeds import Deed
from presence_desktop.gui.chat.sentences import spoken
from presence_desktop.gui.rooms.talk_words import message_line
from presence_desktop.protocol.chat import UNREADABLE
from tests.gui.chat.stage import NOON, Stage, layout_of, message

NEWER = "This message needs a newer version of the app."
BROKEN = "This message could not be read."


@pytest.mark.parametrize(
    ("kind", "text", "lines", "line"),
    [
        ("poll", "**Tea** or coffee?", ["Tea or coffee?", NEWER], "Tea or coffee?"),
        ("poll", "", [NEWER], NEWER),
        (UNREADABLE, "", [BROKEN], BROKEN),
    ],
)
def test_a_quiet_line_says_so(stage: Stage, kind: str, text: str, lines: list[str], line: str) -> None:
    stage.open([message(1, text, 2, NOON, kind=kind)])
    layout = layout_of(stage, 1)
    assert layout.document is not None
    assert layout.document.text.toPlainText().split("\n") == lines
    assert message_line(layout.row.message) == line
    assert lines[-1] in spoken(layout.row, stage.pane.company, NOON)


def test_only_what_can_be_done_is_offered(stage: Stage) -> None:
    stage.open([message(1, "mine", 1, NOON, kind="poll"), message(2, "", 1, NOON, kind=UNREADABLE)])
    strange, broken = (stage.pane.deeds.offered(layout_of(stage, number).row) for number in (1, 2))
    assert Deed.EDIT not in strange
    assert {Deed.REPLY, Deed.COPY, Deed.DELETE} <= set(strange)
    assert broken == []
