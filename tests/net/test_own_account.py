"""One's own account through the whole client, at a real server: two devices, and another password."""

from pathlib import Path

import pytest

from presence_desktop.core.connection import LinkState
from presence_desktop.core.own_account import OwnAccount
from presence_desktop.protocol.admin_rest import Device, DevicesList
from presence_desktop.protocol.errors import Code
from tests.fakes.server_process import PASSWORD, running_server
from tests.net.talking_desk import Desk


@pytest.mark.timeout(60)
def test_two_devices_and_another_password(tmp_path: Path) -> None:
    desks: list[Desk] = []
    with running_server(tmp_path) as server:
        try:
            (ada,) = server.people(1)
            for place in ("here", "there"):
                desks.append(Desk(tmp_path / place, ada, desks))
                desks[-1].sign_in(server.url)
            here, there = desks
            account = OwnAccount(here.chats)

            def devices() -> list[Device]:
                answer = here.outcome(account.devices()).answer
                assert isinstance(answer, DevicesList)
                return answer.devices

            assert [device.connected for device in devices()].count(True) == 2
            assert [device.current for device in devices()].count(True) == 1

            assert (
                here.outcome(account.change_password("wrong", "battery staple")).code is Code.WRONG_PASSWORD
            )
            assert here.outcome(account.change_password(PASSWORD, "battery staple")).code is None
            there.until(lambda: there.client.connection.state is LinkState.SIGNED_OUT)
            assert there.client.connection.reason is Code.TOKEN_REVOKED
            (left,) = devices()
            assert left.current
            assert here.client.connection.state is not LinkState.SIGNED_OUT
            assert here.outcome(account.end_device("nobody")).code is Code.NOT_FOUND
            assert server.sign_in(ada.email, "battery staple")
        finally:
            while desks:
                desks[0].leave()
