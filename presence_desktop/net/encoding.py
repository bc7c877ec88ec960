"""What of a wire type travels: a field that is None is not said."""

from typing import Any

from msgspec import to_builtins

from presence_desktop.protocol.wire import Wire


def said(payload: Wire) -> dict[str, Any]:
    """The payload as JSON has it, without what is None anywhere in it."""
    told: dict[str, Any] = _said(to_builtins(payload))
    return told


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one is not None}
    return [_said(one) for one in value] if isinstance(value, list) else value
