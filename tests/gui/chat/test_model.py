"""The rows as Qt's views are told of them."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from presence_desktop.core.chat.row import Row
from presence_desktop.core.chat.window_news import Changed, Inserted, Removed, Replaced, Step
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.model import ChatModel
from presence_desktop.gui.chat.sentences import quote_words
from presence_desktop.protocol.chat import Quote
from tests.gui.chat.stage import PDF, Stage, key, message, rows_of
from tests.gui.scene import StandingClock


@pytest.fixture
def model(qapp: QApplication, stage: Stage) -> ChatModel:
    made = ChatModel(Company(stage.client), StandingClock(), stage.pane)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Warning, stage.pane)
    return made


def keys(model: ChatModel) -> list[object]:
    return [row.key for at in range(model.rowCount()) if (row := model.row(at)) is not None]


@pytest.mark.parametrize("seed", range(6))
def test_any_steps_lead_to_the_rows(model: ChatModel, seed: int) -> None:
    chance = random.Random(seed)
    rows = rows_of([message(number, str(number)) for number in range(1, 30)])
    model.show(rows)
    fresh = 100
    for _ in range(20):
        steps: list[Step] = []
        for _ in range(chance.randrange(1, 5)):
            at, count = chance.randrange(len(rows) + 1), chance.randrange(1, 4)
            kind = chance.choice((Inserted, Removed, Changed))
            if kind is Inserted:
                rows[at:at] = rows_of([message(fresh + number, "new") for number in range(count)])
                fresh += count
            else:
                count = min(count, len(rows) - at)
                if count <= 0:
                    continue
                if kind is Removed:
                    del rows[at : at + count]
                else:
                    rows[at : at + count] = [
                        Row(row.key, row.message, follows=True) for row in rows[at : at + count]
                    ]
            steps.append(kind(at, count))
        model.follow(tuple(steps), rows)
        assert keys(model) == [row.key for row in rows]
        assert [model.row(at) for at in range(len(rows))] == rows
        assert all(model.place(row.key) == at for at, row in enumerate(rows))


def test_a_new_picture_replaces_all(model: ChatModel) -> None:
    model.show(rows_of([message(1, "old")]))
    model.follow((Replaced(),), rows_of([message(2, "new")]))
    assert keys(model) == [key(2)]


def test_a_row_is_told_in_one_sentence(stage: Stage) -> None:
    said = message(
        5, "see **this**", 2, reply_to={"id": key(1), "seq": 1, "senderId": 3, "text": "x"}, pinned_at=1, pinned_by=1,
        edited_at=2, reactions=[{"emoji": "👍", "userIds": [1, 2]}],
        attachments=[{"id": key(9), "name": "plan.pdf", "mediaType": "application/pdf", "size": 3}],
    )  # fmt: skip
    stage.open([said, message(6, "x", deleted_at=5)])
    told = stage.pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for words in (
        "Today",
        "김민서",
        "in reply to Noah Fischer",
        "see this",
        "file plan.pdf",
        "👍 2",
        "pinned",
        "(edited)",
    ):
        assert words in told
    gone = stage.pane.model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "This message was deleted." in gone


def test_a_quote_without_a_text_says_what_it_quotes(stage: Stage) -> None:
    stage.open([
        message(1, "", 2, deleted_at=5),
        message(2, "", 2, attachments=[PDF]),
        message(3, "seen", 2),
    ])  # fmt: skip
    quotes = [
        Quote(id=key(seq), seq=seq, sender_id=2, text=text)
        for seq, text in ((1, ""), (2, ""), (3, "**seen**"))
    ]
    away = Quote(id=key(9), seq=9, sender_id=2, text="")
    words = [quote_words(quote, stage.pane.company) for quote in (*quotes, away)]
    assert words == ["Message deleted", PDF["name"], "seen", "a deleted message, or a file"]
