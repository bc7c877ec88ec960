"""An outbox older than its uploads: what the server forgot is sent again from this computer, if it is still there."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from presence_desktop.core.chat.row import Delivery
from presence_desktop.core.chat_ports import OutFile, Unsent
from presence_desktop.disk.history import FileHistory
from presence_desktop.protocol.errors import Code
from tests.fakes.server_process import ServerProcess, running_server
from tests.net.test_conversation import Desk, account, local, png


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with running_server(tmp_path_factory.mktemp("server"), registration="open") as running:
        yield running


def test_forgotten_files_are_sent_again_or_said_to_be_gone(server: ServerProcess, tmp_path: Path) -> None:
    who = account(server, "Ada")
    desks: list[Desk] = []
    ada = Desk(tmp_path / "ada", who, desks)
    desks.append(ada)
    ada.sign_in(server.url)
    place = ada.open_with(ada)
    ada.leave()

    here, gone = tmp_path / "여기.png", tmp_path / "gone.png"
    for path in (here, gone):
        path.write_bytes(png(20, 10))
    history = FileHistory(tmp_path / "ada" / "conversations")
    kept = history.open(server.url, who.email)
    assert [one.conversation.id for one in kept.talks] == [place]
    for number, path in enumerate((here, gone), 1):
        file = OutFile(uuid4(), local(path), uploaded=True)
        history.put_unsent(Unsent(uuid4(), place, number, path.name, 1_700_000_000_000, files=(file,)))
    history.close()
    gone.unlink()

    ada = Desk(tmp_path / "ada", who, desks)
    desks.append(ada)
    ada.sign_in(server.url)
    ada.note(ada.chats.open(place))
    ada.until(lambda: [row.state for row in ada.rows] == [Delivery.SENT, Delivery.FAILED], within=20)
    first, second = ada.rows
    assert [one.name for one in first.message.attachments] == ["여기.png"]
    assert second.error is Code.UNREADABLE_FILE
    ada.note(ada.chats.discard(second.key))
    assert len(ada.rows) == 1
    ada.leave()
