"""What people ask of the server about their own account: another password, and where they are signed in.

Decides which calls that takes. Each verb returns `Changes` with the number of an ask, as the verbs of `Chats` do; its
one `Outcome` comes later.
"""

from urllib.parse import quote

from presence_desktop.core.administration import Calls
from presence_desktop.core.changes import Changes
from presence_desktop.core.rest_call import RestCall
from presence_desktop.protocol.admin_rest import DevicesList, PasswordChange
from presence_desktop.protocol.rest import Success


class OwnAccount:
    """The asks of whoever is signed in."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def change_password(self, old: str, new: str) -> Changes:
        """Another password -> `Success`; all sign-ins but this one end. Refused: WRONG_PASSWORD."""
        body = PasswordChange(old_password=old, new_password=new)
        return self._calls.call(RestCall("own:password", "POST", "/api/auth/password", Success, body))

    def devices(self) -> Changes:
        """Where one is signed in -> `DevicesList`, the one last used first."""
        return self._calls.call(RestCall("own:devices", "GET", "/api/auth/devices", DevicesList))

    def end_device(self, device_id: str) -> Changes:
        """Sign out there -> `Success`."""
        path = f"/api/auth/devices/{quote(device_id, safe='')}"
        return self._calls.call(RestCall("own:device", "DELETE", path, Success))
