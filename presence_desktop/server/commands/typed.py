"""What is typed at the command line, checked as the wire checks it."""

from typing import TypeVar

import msgspec

from presence_desktop.protocol.errors import MESSAGES, Code, Refused
from presence_desktop.protocol.wire import Wire

_Kind = TypeVar("_Kind", bound=Wire)


def typed(kind: type[_Kind], **fields: object) -> _Kind:
    """These fields as a payload of this kind. Raises Refused: INVALID_PAYLOAD, with what is wrong."""
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        raise Refused(Code.INVALID_PAYLOAD, f"{MESSAGES[Code.INVALID_PAYLOAD]} ({error})") from None
