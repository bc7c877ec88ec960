"""A REST call of whoever is signed in, as a value: what is asked, and which shape its answer has.

Decides nothing: `core` says what to ask (`administration`), `net` carries it with the session's token.
"""

from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from presence_desktop.protocol.wire import Wire

Answer = TypeVar("Answer", bound=Wire)


@dataclass(frozen=True, slots=True)
class RestCall(Generic[Answer]):
    """One call of the server that one is signed in to."""

    about: str
    """What it is, for its outcome and its refusal."""
    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    """Below the server's base URL, with its query, quoted."""
    answer: type[Answer]
    body: Wire | None = field(default=None, repr=False)
    patience: float | None = None
    """So many seconds may the server think; None: as with any call."""
