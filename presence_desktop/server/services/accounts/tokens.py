"""Access and refresh tokens: what stands in them, how they are signed, which no longer hold.

An access token is a JWT (HS256) with `sub` (the user id as text), `username`, `fam` (the sign-in it came from), `jti`,
`iat` and `exp` (seconds). A refresh token is 256 random bits; its successor follows from it and the server's key, so
that the answer to a repeated refresh can be given again without any token being kept. Checking needs no database:
revoked sign-ins and disabled accounts are held in memory.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable

import jwt
from jwt.types import Options
from msgspec import Struct

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.services.ports import Clock

_CLAIMS = ["sub", "username", "fam", "iat", "exp"]
_UNCHECKED: Options = {"verify_exp": False, "verify_iat": False, "require": _CLAIMS}


class Identity(Struct, frozen=True):
    """Whose request this is, and by which sign-in."""

    user_id: int
    username: str
    family: str


class Lifetimes(Struct, frozen=True):
    """How long tokens hold, in milliseconds."""

    access: int
    refresh: int


class Tokens:
    """Signs tokens and tells whose they are.

    `account` answers for a user id: None (no such account), or whether it is disabled.
    """

    def __init__(
        self, key: bytes, *, clock: Clock, lifetimes: Lifetimes, account: Callable[[int], bool | None]
    ) -> None:
        self._key = key
        self._refresh_key = hmac.digest(key, b"refresh", "sha256")
        self._clock = clock
        self._lifetimes = lifetimes
        self._account = account
        self._revoked: dict[str, int] = {}

    def new_family(self) -> str:
        """The name of a new sign-in."""
        return secrets.token_urlsafe(12)

    def new_refresh(self) -> str:
        """The first refresh token of a sign-in."""
        return secrets.token_urlsafe(32)

    def successor(self, refresh: str) -> str:
        """The refresh token that follows this one: always the same, and known to nobody without the key."""
        return _text(hmac.digest(self._refresh_key, refresh.encode(), "sha256"))

    def refresh_expiry(self, given_at: int) -> int:
        """Until when a refresh token given at this moment holds (ms)."""
        return given_at + self._lifetimes.refresh

    def access(self, user_id: int, username: str, family: str, refresh: str, *, now: int) -> str:
        """The access token that goes with a refresh token given at `now` (ms)."""
        claims = {
            "sub": str(user_id),
            "username": username,
            "fam": family,
            "jti": hashed(refresh)[:16],
            "iat": now // 1000,
            "exp": (now + self._lifetimes.access) // 1000,
        }
        return jwt.encode(claims, self._key, algorithm="HS256")

    def authenticate(self, token: str) -> Identity:
        """Whose token this is. Raises Refused(TOKEN_MISSING | TOKEN_INVALID | TOKEN_EXPIRED | TOKEN_REVOKED |
        ACCOUNT_DISABLED).
        """
        if not token:
            raise Refused(Code.TOKEN_MISSING)
        identity, expires_at = self._read(token)
        if self._clock.now() >= expires_at:
            raise Refused(Code.TOKEN_EXPIRED)
        disabled = self._account(identity.user_id)
        if disabled is None:
            raise Refused(Code.TOKEN_INVALID)
        if disabled:
            raise Refused(Code.ACCOUNT_DISABLED)
        if identity.family in self._revoked:
            raise Refused(Code.TOKEN_REVOKED)
        return identity

    def revoke(self, family: str, *, at: int) -> bool:
        """No access token of this sign-in holds any more; False if that was known."""
        if family in self._revoked:
            return False
        self._revoked[family] = at
        return True

    def forget_expired(self) -> None:
        """Let go of revoked sign-ins whose access tokens have all expired by themselves."""
        horizon = self._clock.now() - self._lifetimes.access
        self._revoked = {family: at for family, at in self._revoked.items() if at > horizon}

    def oldest_that_matters(self) -> int:
        """Sign-ins revoked before this moment (ms) have no access token left."""
        return self._clock.now() - self._lifetimes.access

    def _read(self, token: str) -> tuple[Identity, int]:
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"], options=_UNCHECKED)
        except (jwt.InvalidTokenError, UnicodeError):
            raise Refused(Code.TOKEN_INVALID) from None
        sub, username, family, exp = claims["sub"], claims["username"], claims["fam"], claims["exp"]
        known = isinstance(username, str) and isinstance(family, str) and isinstance(exp, int)
        if not known or not sub.isascii() or not sub.isdigit() or not 0 < int(sub) <= limits.USER_ID_MAX:
            raise Refused(Code.TOKEN_INVALID)
        return Identity(int(sub), username, family), exp * 1000


def hashed(secret: str) -> str:
    """What is kept of a token or an invite code; they are random enough for a plain SHA-256."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
