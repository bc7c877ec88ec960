"""Servers found in the network, on the first page: shown while they are there, chosen by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from presence_desktop.core.nearby import NearbyServer
from presence_desktop.gui.look import Look
from presence_desktop.gui.welcome import WelcomePage

LAB = NearbyServer("연구실", ("https://192.168.0.12:3001",), "7c1f" * 16)
PLAIN = NearbyServer("Old <b>one</b>", ("http://10.0.0.7:3001",), None)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(Look(qapp), QToolButton())
    qtbot.addWidget(page)
    page.show()
    return page


def test_they_come_and_go_and_those_that_stay_keep_the_keyboard(page: WelcomePage) -> None:
    assert page.nearby.isHidden()
    page.nearby.show_found((LAB,))
    kept = page.nearby.buttons[0]
    assert page.nearby.isVisible()
    assert kept.place.text() == "192.168.0.12:3001 · key 7c1f 7c1f…"
    page.nearby.show_found((PLAIN, LAB))
    assert page.nearby.buttons[1] is kept
    assert page.nearby.buttons[0].place.text() == "10.0.0.7:3001 · not encrypted"
    assert page.nearby.buttons[0].name.textFormat() is Qt.TextFormat.PlainText
    page.nearby.show_found(())
    assert page.nearby.isHidden()


def test_one_is_chosen_by_keyboard(page: WelcomePage, qtbot: QtBot) -> None:
    page.nearby.show_found((LAB, PLAIN))
    with qtbot.waitSignal(page.nearby.chosen) as chosen:
        qtbot.keyClick(page.nearby.buttons[1], Qt.Key.Key_Space)
    assert chosen.args == [PLAIN]
    assert page.nearby.buttons[1].accessibleName() == "Join Old <b>one</b>"


def test_it_is_looked_for_only_while_somebody_looks(page: WelcomePage, qtbot: QtBot) -> None:
    for shown in (False, True):
        with qtbot.waitSignal(page.looking) as looking:
            page.setVisible(shown)
        assert looking.args == [shown]
