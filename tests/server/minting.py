"""Tokens that no server would give: for tests of what is refused."""

import time

import jwt

from tests.fakes.server_process import Person, ServerProcess


def claims_of(person: Person) -> dict[str, object]:
    """What stands in this person's token."""
    claims: dict[str, object] = jwt.decode(person.token, options={"verify_signature": False})
    return claims


def signed(server: ServerProcess, claims: dict[str, object], algorithm: str = "HS256") -> str:
    """A token with these claims, signed with the server's own key."""
    key = (server.data_dir / "secret.key").read_bytes().strip()
    return jwt.encode(claims, key, algorithm=algorithm)


def expired(server: ServerProcess, person: Person) -> str:
    """A token of this person's that has expired."""
    return signed(server, {**claims_of(person), "exp": int(time.monotonic())})


def forged(person: Person) -> str:
    """This person's claims, signed by somebody else."""
    return jwt.encode(claims_of(person), "somebody else's key, which is long enough", algorithm="HS256")


def unsigned(person: Person) -> str:
    """This person's claims, signed by nobody."""
    return jwt.encode(claims_of(person), None, algorithm="none")
