"""An app that has seen what came after a backup keeps nothing of that once the backup is restored."""

from pathlib import Path
from uuid import uuid4

import pytest

from presence_desktop.protocol.chat import Message
from tests.fakes import chat_truth as truth
from tests.fakes.chat_desk import ChatDesk
from tests.fakes.server_process import PASSWORD, ServerProcess, running_server
from tests.waiting import eventually


@pytest.mark.slow
def test_an_app_takes_over_the_restored_past(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        ann, bob = server.people(2)
        room = server.post("/api/conversations/direct", ann, json={"userId": bob.user_id}).json()[
            "conversation"
        ]["id"]
        where = f"/api/conversations/{room}/messages"
        desk = ChatDesk(server.url, ann.email, PASSWORD, [room], tmp_path / "desk")
        desk.start()
        try:
            eventually(lambda: len(desk.written(room)) > 20, within=30)
            made = server.command("backup", "--to", str(tmp_path / "one.tar"))
            assert made.returncode == 0, made.stderr
            then = len(desk.written(room))
            eventually(lambda: len(desk.written(room)) > then + 20, within=30)
            desk.rest()
            eventually(
                lambda: len(truth.read(server.url, ann.token, room)) == len(desk.written(room)),
                within=30,
                every=0.5,
            )
            last, after = desk.written(room)[-1], len(desk.written(room))
            truth.keeps_up(truth.read(server.url, ann.token, room), desk, room)

            # somebody restores it, and more is written than was lost before the app comes back
            desk.kill()
            server.stop()
            restored = server.command("restore", str(tmp_path / "one.tar"), "--yes")
            assert restored.returncode == 0, restored.stderr
            server.start()
            _write(server, bob.headers, where, after)
            desk.start()
            desk.rest()
            history = eventually(lambda: _arrived(server, ann.token, room, desk), within=30, every=0.5)
            truth.keeps_up(history, desk, room)
            kept = {one["text"] for one in desk.keeps(room, len(history))}
            assert kept <= {message.text for message in history}
            assert last not in kept
        finally:
            desk.end()


def _arrived(server: ServerProcess, token: str, room: int, desk: ChatDesk) -> list[Message]:
    """The history, once the app has its end."""
    history = truth.read(server.url, token, room)
    return history if desk.keeps(room, len(history)) else []


def _write(server: ServerProcess, headers: dict[str, str], where: str, count: int) -> None:
    for number in range(count):
        body = {"id": str(uuid4()), "text": f"new {number}"}
        assert server.post(where, headers=headers, json=body).status_code == 201
