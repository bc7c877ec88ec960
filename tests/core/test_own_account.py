"""One's own account: which calls are made, and what a device is called."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from presence_desktop.core.changes import Changes
from presence_desktop.core.device_name import device_name
from presence_desktop.core.own_account import OwnAccount
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.admin_rest import DevicesList, PasswordChange
from presence_desktop.protocol.rest import Login, Success


@dataclass
class Noting:
    """Notes the calls."""

    calls: list[RestCall[Any]] = field(default_factory=list)

    def call(self, call: RestCall[Any]) -> Changes:
        self.calls.append(call)
        return Changes()


def test_the_calls() -> None:
    noting = Noting()
    account = OwnAccount(noting)
    account.change_password("old secret", "new secret")
    account.devices()
    account.end_device("a/b")
    assert [(call.method, call.path, call.answer) for call in noting.calls] == [
        ("POST", "/api/auth/password", Success),
        ("GET", "/api/auth/devices", DevicesList),
        ("DELETE", "/api/auth/devices/a%2Fb", Success),
    ]
    assert noting.calls[0].body == PasswordChange(old_password="old secret", new_password="new secret")
    assert "secret" not in repr(noting.calls)


def test_what_a_device_is_called() -> None:
    assert device_name("studio", "Debian 12") == "studio (Debian 12)"
    assert device_name("studio", "") == "studio"
    assert device_name(" ", "Debian\n12") == "Debian 12"
    assert device_name("", "") is None


@given(st.text(), st.text())
def test_whatever_a_computer_is_called_the_server_takes_it(computer: str, system: str) -> None:
    Login(email="a@b", password="x", device=device_name(computer, system))
