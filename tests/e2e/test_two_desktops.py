"""The main job in real windows: two people, two app processes, a real server, a real keyring, one screen.

What they see is read off the screen (pixels) and out of the accessibility tree, as a screen reader does.
"""

import os
import signal
import socket
import time

import pytest

from presence_desktop.gui import theme
from tests.e2e.person import Person
from tests.e2e.stage import PASSWORD, Stage, sign_in
from tests.waiting import eventually

DOT_PIXELS = 40
"""A dot on an avatar covers about 150 pixels."""


def all_unknown(person: Person, names: list[str]) -> bool:
    shown = person.names()
    return all(f"{name}, Unknown" in shown for name in names)


@pytest.mark.timeout(240)
def test_two_people_see_each_other(stage: Stage) -> None:
    ada, bora = stage.ada, stage.bora
    sign_in(ada, "Ada", stage.port)
    sign_in(bora, "Bora", stage.port)

    # each sees the other's dot
    row = bora.see("Ada, Online")
    ada.see("Bora, Online")
    eventually(lambda: bora.dot_color(row, theme.LIGHT.online) > DOT_PIXELS, what="a green dot")
    assert bora.dot_color(row, theme.LIGHT.busy) == 0

    # a status picked on one is drawn on the other
    ada.click_on("Ada, you are:")
    ada.choose("Down", "Down", "Return")
    row = bora.see("Ada, Busy", within=5)
    eventually(lambda: bora.dot_color(row, theme.LIGHT.busy) > DOT_PIXELS, what="a red dot")
    assert bora.dot_color(row, theme.LIGHT.online) == 0
    ada.see("Ada, you are: Busy")

    # nothing that opens the account lies in a file, and the app comes back without a password
    ada.close_app()
    bora.see("Ada, Offline", within=5)
    kept = [path for path in (stage.place / "ada").rglob("*") if path.is_file()]
    assert kept
    assert not any(PASSWORD.encode() in path.read_bytes() for path in kept)
    ada.start_app()
    ada.see("Ada, you are: Busy")  # a choice by hand outlives the app
    bora.see("Ada, Busy", within=5)

    # the server is killed: nobody's status is known; back again, all is right in seconds
    stage.server.kill()
    eventually(lambda: all_unknown(ada, ["Bora"]) and all_unknown(bora, ["Ada"]), within=45)
    assert ada.shows("Ada, you are: Unknown")
    assert ada.shows("No connection.")
    row = bora.see("Ada, Unknown")
    assert bora.dot_color(row, theme.LIGHT.busy) == 0
    stage.server.start()
    bora.see("Ada, Busy", within=8)
    ada.see("Bora, Online", within=8)
    assert not ada.shows("No connection.")

    # signing out is seen within a second
    ada.click_on("Settings")
    ada.choose("Up", "Up")
    before = time.monotonic()
    ada.press("Return")
    bora.see("Ada, Offline", within=1)
    assert time.monotonic() - before < 2.5  # the second, and the reading of two screens on a busy machine
    ada.see("Join a server")
    ada.close_app()
    bora.close_app()


@pytest.mark.timeout(120)
def test_hosting_from_the_welcome_page_and_joining_with_the_invite(stage: Stage) -> None:
    ada, bora = stage.ada, stage.bora
    stage.server.kill()
    ada.start_app()
    ada.click_on("Host on this computer")
    ada.type_into("Your name", "Ada")
    ada.type_into("E-mail address", "ada@example.org")
    ada.type_into("New password", PASSWORD)
    ada.press("Return")
    ada.see("The server is running", within=40)
    address = ada.value_of("Address")
    assert ada.value_of("Invite link")
    ada.click_on("Copy: Invite link")
    ada.click_on("Go to the people")
    ada.see("Ada, you are: Online")

    bora.start_app()
    bora.click_on("Join a server")
    bora.type_into("Server address", "")
    bora.press("ctrl+v")
    bora.type_into("Your name", "Bora")
    bora.type_into("E-mail address", "bora@example.org")
    bora.type_into("New password", PASSWORD)
    bora.press("Return")
    bora.see("Ada, Online")
    ada.see("Bora, Online")

    # the server ends with the app that hosts it, and comes back with it: at the same address, without a password
    port = int(address.rpartition(":")[2])
    ada.close_app()
    assert can_listen(port)
    bora.see("Ada, Unknown", within=10)
    ada.start_app()
    ada.see("Ada, you are: Online")
    assert not ada.shows("No connection.")
    bora.see("Ada, Online")

    # even an app that was killed leaves no server behind
    os.kill(ada.pid, signal.SIGKILL)
    ada.kill_app()
    eventually(lambda: can_listen(port), within=10, what="the server ended")
    eventually(lambda: all_unknown(bora, ["Ada"]), within=45)
    bora.close_app()


def can_listen(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return tried.connect_ex(("127.0.0.1", port)) != 0
