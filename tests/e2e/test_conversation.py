"""Two people hold a conversation in real windows: text, Korean by input method, edit, reply, reaction, picture; then
one app is killed while it sends, and its next run sends the rest.

Pictures of what they saw are kept in `out/`.
"""

import os
import re
import signal
import struct
import zlib
from pathlib import Path

import pytest
import requests

from tests.e2e.person import Person
from tests.e2e.stage import PASSWORD, Stage, sign_in
from tests.waiting import eventually

OUT = Path(__file__).resolve().parents[2] / "out"
RED = "#c81e28"


def red_picture(path: Path) -> Path:
    """A picture whose colour nothing else on the screen has."""
    width, height = 300, 200
    rows = (b"\0" + bytes.fromhex(RED[1:]) * width) * height

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return path


def said(person: Person) -> list[str]:
    """The rows of the open conversation, as a screen reader says them."""
    return [name for name in person.names() if re.search(r"(Ada|Bora), \d+:\d\d.[AP]M: ", name)]


@pytest.mark.alone  # composing Korean, each key goes to another process and back
@pytest.mark.timeout(240)
def test_a_conversation_in_two_windows_and_an_app_that_is_killed_while_it_sends(hangul_stage: Stage) -> None:
    stage = hangul_stage
    ada, bora = stage.ada, stage.bora
    sign_in(ada, "Ada", stage.port)
    sign_in(bora, "Bora", stage.port)

    # text, who read it, and what a screen reader says of it
    stage.reader.listen()
    ada.click_on("Bora, Online")
    ada.press("Return")
    ada.type_into("Message to Bora", "Good morning **Bora**!")
    ada.press("Return")
    ada.see("Ada, ", ": Good morning Bora!", "delivered")
    bora.click_on("Ada, ", "Good morning")
    bora.see("Ada, ", ": Good morning Bora!")
    bora.click_on("Bora, you are:")
    bora.choose("Down", "Down", "Return")
    eventually(lambda: "Bora, Busy" in stage.reader.heard(), what="the status, announced")
    ada.see("Ada, ", ": Good morning Bora!", "read")

    # Korean through the input method: the last syllable is still being composed when Enter is pressed
    bora.type_into("Message to Ada", "")
    bora.press("shift+space")
    bora.type_more("dkssudgktpdy, wjs qhfkdlqslek")
    stage.seat.screenshot(OUT / "e2e-composing.png")
    bora.press("Return")
    bora.press("shift+space")
    ada.see("Bora, ", ": 안녕하세요, 전 보라입니다")
    eventually(
        lambda: any("안녕하세요" in said for said in stage.reader.heard()), what="the message, announced"
    )
    assert [row for row in said(bora) if "입니" in row and "다" not in row] == []

    # an edit: the last message of one's own, by the arrow up
    ada.type_into("Message to Bora", "")
    ada.press("Up")
    ada.see("Message to Bora")
    ada.press("End")
    ada.type_more(" How are you?")
    ada.press("Return")
    bora.see("Ada, ", ": Good morning Bora! How are you?", "(edited)")

    # a reply and a reaction, by keyboard on the row
    bora.type_into("Message to Ada", "")
    for key in ("ctrl+Up", "Up", "r"):
        bora.press(key)
    bora.type_more("Fine, and you?")
    bora.press("Return")
    ada.see("Bora, ", "in reply to Ada", "Fine, and you?")
    ada.type_into("Message to Bora", "")
    for key in ("ctrl+Up", "plus"):
        ada.press(key)
    ada.see("Search emoji")
    ada.type_more("rocket")
    ada.press("Return")
    bora.see("Bora, ", "Fine, and you?", "🚀 1")

    # a picture from the clipboard
    stage.seat.copy_picture(red_picture(stage.place / "red.png"))
    ada.type_into("Message to Bora", "")
    ada.press("ctrl+v")
    ada.see("Remove ", ".png")
    ada.type_more("Look at this")
    ada.press("Return")
    row = bora.see("Ada, ", "Look at this", "picture ")
    eventually(lambda: bora.dot_color(row, RED) > 20_000, what="the picture on the other screen")
    stage.seat.screenshot(OUT / "e2e-conversation.png")

    killed_while_sending(stage)


def killed_while_sending(stage: Stage) -> None:
    """The server stops in the middle of taking a message; the app is killed with more in its outbox."""
    ada, bora = stage.ada, stage.bora
    assert stage.server.process is not None
    os.kill(stage.server.process.pid, signal.SIGSTOP)
    lines = [f"line {number}" for number in range(1, 7)]
    for line in lines:
        ada.type_into("Message to Bora", line)
        ada.press("Return")
    ada.see("Ada, ", ": line 6", "waiting to be sent")
    stage.seat.screenshot(OUT / "e2e-waiting.png")
    ada.kill_app()
    os.kill(stage.server.process.pid, signal.SIGCONT)
    ada.start_app()
    bora.see("Ada, ", ": line 6", within=30)
    ada.click_on("Bora, You: line 6")
    eventually(lambda: ": line 6" in " ".join(said(ada)) and "waiting" not in " ".join(said(ada)))
    stage.seat.screenshot(OUT / "e2e-after-the-kill.png")
    for person in (ada, bora):  # what is in view of them
        shown = [match[1] for row in said(person) if (match := re.search(r": (line \d)", row))]
        assert shown == lines[-len(shown) :]
    assert [text for text in kept(stage) if text.startswith("line")] == lines
    ada.close_app()
    bora.close_app()


def kept(stage: Stage) -> list[str]:
    """What the server has of the one conversation, in order."""
    url = f"http://127.0.0.1:{stage.port}"
    who = {"email": "bora@example.org", "password": PASSWORD}
    token = requests.post(f"{url}/api/auth/login", json=who, timeout=10).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    (talk,) = requests.get(f"{url}/api/conversations", headers=headers, timeout=10).json()["conversations"]
    page = f"{url}/api/conversations/{talk['id']}/messages?limit=200"
    return [message["text"] for message in requests.get(page, headers=headers, timeout=10).json()["messages"]]
