"""What is said to somebody who is no longer in a conversation."""

import pytest
from PySide6.QtWidgets import QApplication

from presence_desktop.core import incoming
from presence_desktop.core.changes import Lost
from presence_desktop.core.client import Client
from presence_desktop.gui.rooms.lost_words import lost_sentence
from tests.core.world import HandClock, RememberingGateway, entry


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        (Lost("Lab", None, ()), "You are no longer in “Lab”."),
        (Lost("Lab", None, ("hi",)), "You are no longer in “Lab”. What you wrote there was not sent."),
        (Lost("Lab", None, (), 2), "Ada took you out of “Lab”."),
        (Lost("Lab", None, ("hi",), 2), "Ada took you out of “Lab”. What you wrote there was not sent."),
        (
            Lost(None, 2, ("hi",)),
            "The conversation with Ada is no longer there. What you wrote was not sent.",
        ),
    ],
)
def test_it_says_what_happened_by_whom_and_what_is_left_over(
    qapp: QApplication, lost: Lost, words: str
) -> None:
    client = Client(RememberingGateway(), HandClock())
    client.apply((incoming.DirectoryArrived((entry(2, "Ada"),), last=True),))
    assert lost_sentence(client, lost) == words
