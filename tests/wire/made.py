"""Wire types made from fields that only the test knows the types of, and checked as a payload is."""

from typing import Any, TypeVar

from presence_desktop.protocol.wire import Wire, checked

Kind = TypeVar("Kind", bound=Wire)


def made(wanted: type[Kind], /, **fields: Any) -> Kind:
    """One of this kind with these fields, by their Python names. Raises `msgspec.ValidationError`."""
    return checked(wanted(**fields))


def only(written: Any, asked: Any) -> Any:
    """What was written, without the fields that the payload beside it does not have."""
    if isinstance(asked, dict) and isinstance(written, dict):
        return {name: only(one, asked[name]) for name, one in written.items() if name in asked}
    if isinstance(asked, list) and isinstance(written, list) and len(asked) == len(written):
        return [only(one, beside) for one, beside in zip(written, asked, strict=True)]
    return written
