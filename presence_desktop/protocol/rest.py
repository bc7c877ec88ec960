"""The bodies of the REST calls: what is sent and what a `200`/`201` answers."""

from typing import Annotated, Literal

from msgspec import Meta

from presence_desktop.protocol import limits
from presence_desktop.protocol.status import Status
from presence_desktop.protocol.wire import Wire

_BLANK = r"\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Spelled out, because `\\s` and `.` mean something else in each language's regular expressions."""


def _like(shape: str, *, least: int, most: int) -> Meta:
    """A text of this shape from end to end; OpenAPI is told it in words that all languages know."""
    told = {"pattern": f"^{shape}$"}
    return Meta(min_length=least, max_length=most, pattern=rf"\A{shape}\Z", extra_json_schema=told)


_NAME = rf"[^{_BLANK}]([^{_CONTROL}]*[^{_BLANK}])?"
Email = Annotated[str, _like(rf"[^@{_BLANK}]+@[^@{_BLANK}]+", least=3, most=limits.EMAIL_LENGTH)]
Username = Annotated[str, _like(_NAME, least=1, most=limits.USERNAME_LENGTH)]
"""No blanks at its ends, and nothing that cannot be seen and changes what can."""
NewPassword = Annotated[
    str, Meta(min_length=limits.PASSWORD_MIN_LENGTH, max_length=limits.PASSWORD_MAX_LENGTH)
]
DeviceName = Annotated[str, _like(_NAME, least=1, most=limits.DEVICE_NAME_LENGTH)]
"""What a client calls the device it runs on, for its person to recognise among others."""
ServerName = Annotated[str, _like(_NAME, least=1, most=limits.SERVER_NAME_LENGTH)]
"""What a server is called; as `Username`."""


class Success(Wire):
    """What every good answer has."""

    success: Literal[True] = True


class ErrorBody(Wire, omit_defaults=True):
    """Why a call was refused."""

    code: str
    message: str
    reason: str | None = None
    """A narrower code, where there is one (`errors.BROADER`)."""


class Failure(Wire):
    """What every refused call answers."""

    success: Literal[False] = False
    error: ErrorBody


class Login(Wire):
    """`POST /api/auth/login`. Any text is a try: a wrong form is as wrong as a wrong password."""

    hidden = frozenset({"password"})
    email: Annotated[str, Meta(max_length=limits.EMAIL_LENGTH)]
    password: Annotated[str, Meta(max_length=limits.PASSWORD_MAX_LENGTH)]
    device: DeviceName | None = None


class Register(Wire):
    """`POST /api/auth/register`."""

    hidden = frozenset({"password", "invite"})
    email: Email
    username: Username
    password: NewPassword
    invite: Annotated[str, Meta(max_length=200)] | None = None
    device: DeviceName | None = None


class Refresh(Wire):
    """`POST /api/auth/refresh`; also the (optional) body of `POST /api/auth/logout`."""

    hidden = frozenset({"refresh_token"})
    refresh_token: Annotated[str, Meta(min_length=1, max_length=200)]


class Account(Wire):
    """Oneself, as a sign-in answers."""

    user_id: int
    username: str
    email: str
    avatar: str | None = None
    role: str = "member"


class SignedIn(Success):
    """The answer to a sign-in, a registration or a refresh."""

    hidden = frozenset({"token", "refresh_token"})
    token: str
    refresh_token: str
    user: Account


class Presence(Wire):
    """One person who is connected and visible."""

    user_id: int
    username: str
    status: Status
    avatar: str | None = None
    last_seen: int


class OnlineList(Success):
    """`GET /api/online-status`."""

    count: int
    users: list[Presence]


class OnePresence(Success):
    """`GET /api/online-status/{userId}`; flat, as the contract has it."""

    online: bool
    user_id: int
    username: str
    status: Status
    avatar: str | None = None
    last_seen: int | None = None
    """None for somebody who was never here."""


class HeartbeatTaken(Success):
    """`POST /api/online-status/heartbeat`."""

    timestamp: int


class StatusCounts(Wire):
    """How many of those who are online and visible have which status."""

    online: int = 0
    away: int = 0
    busy: int = 0


class Stats(Wire):
    """The sum of `by_status`, and its parts."""

    total: int
    by_status: StatusCounts


class StatsSummary(Success):
    """`GET /api/online-status/stats/summary`."""

    stats: Stats


class DirectoryEntry(Wire):
    """One person of the directory, offline ones too."""

    user_id: int
    username: str
    avatar: str | None = None
    status: Status
    last_seen: int | None = None
    role: str = "member"


class DirectoryPage(Success):
    """`GET /api/users?after=<userId>&limit=<1..500>`: people by rising id; `next` is the `after` of the next page."""

    users: list[DirectoryEntry]
    next: int | None = None


class InviteMade(Success):
    """`POST /api/invites` (owner): a code to hand out; `expires_at` in ms."""

    hidden = frozenset({"invite"})
    invite: str
    expires_at: int
    uses: int


class Readiness(Wire):
    """`GET /readyz`: the server can serve; degraded, its own people only."""

    status: Literal["ok", "degraded"] = "ok"
    version: str
    redis: Literal["off", "up", "down"] = "off"
    """Whether the other servers are in sight; `off` where no Redis is configured."""


class Health(Wire):
    """`GET /healthz`."""

    status: Literal["ok"] = "ok"
    version: str
