"""What a person chose by hand: the stack of claims and the custom status, as values.

Decides which claim holds at a moment, what a new choice does to the older ones, and what a custom status may be.
Leaves to `presence` what follows from it, and to the services who may choose how often.

The rules of the stack: the newest claim that has not ended holds; when it ends, the next one below is uncovered,
in whatever order they end. `online` takes all of them back. Choosing the same status again, with the newest claim
still holding, corrects that claim instead of covering it.
"""

import unicodedata

from msgspec import Struct

from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.protocol.events import CustomStatus, StatusUpdate
from presence_desktop.protocol.status import Status
from presence_desktop.server.domain.emoji import is_emoji

DEEPEST = 8
"""Claims kept at most; past it the oldest is forgotten."""


class Claim(Struct, frozen=True):
    """One choice: `away`, `busy` or `offline` (appear offline), from `made_at` until `until` (ms; None: open)."""

    status: Status
    made_at: int
    until: int | None = None

    def holds(self, now: int) -> bool:
        """Whether it has not ended yet."""
        return self.until is None or self.until > now


class CustomText(Struct, frozen=True):
    """A custom status: text, emoji or both, until `until` (ms; None: open)."""

    text: str | None
    emoji: str | None
    until: int | None = None


class Choices(Struct, frozen=True):
    """Everything one person chose, oldest claim first. What has ended may still be in it until it is pruned."""

    claims: tuple[Claim, ...] = ()
    custom: CustomText | None = None

    def claim(self, now: int) -> Claim | None:
        """The claim that holds."""
        return next((claim for claim in reversed(self.claims) if claim.holds(now)), None)

    def text(self, now: int) -> CustomText | None:
        """The custom status that holds."""
        custom = self.custom
        return custom if custom is not None and (custom.until is None or custom.until > now) else None


NOTHING = Choices()


def choose(choices: Choices, update: StatusUpdate, now: int) -> Choices:
    """These choices with one more; `online` leaves no claim. Raises `Refused(INVALID_END_TIME)`."""
    if update.status is Status.ONLINE:
        return Choices((), choices.custom)
    if update.until is not None and update.until <= now:
        raise Refused(Code.INVALID_END_TIME)
    below = [claim for claim in choices.claims if claim.holds(now)]
    if below and below[-1].status is update.status:
        below.pop()
    stack = (*below, Claim(update.status, now, update.until))
    return Choices(stack[-DEEPEST:], choices.custom)


def describe(choices: Choices, custom: CustomStatus, now: int) -> Choices:
    """These choices with this custom status, or with none where it is empty.

    Raises `Refused`: `INVALID_END_TIME` for one in the past, `INVALID_PAYLOAD` for control characters or an
    emoji that is none.
    """
    text = (custom.text or "").strip() or None
    if text is None and custom.emoji is None:
        return Choices(choices.claims, None)
    if text is not None and any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text):
        raise Refused(Code.INVALID_PAYLOAD, "The custom status must be one line of text.")
    if custom.emoji is not None and not is_emoji(custom.emoji):
        raise Refused(Code.INVALID_PAYLOAD, "The emoji of the custom status must be one emoji.")
    if custom.until is not None and custom.until <= now:
        raise Refused(Code.INVALID_END_TIME)
    return Choices(choices.claims, CustomText(text, custom.emoji, custom.until))


def pruned(choices: Choices | None, now: int) -> Choices | None:
    """The same without what has ended, the same object if nothing has; None if nothing is left."""
    if choices is None:
        return None
    claims = tuple(claim for claim in choices.claims if claim.holds(now))
    custom = choices.text(now)
    if not claims and custom is None:
        return None
    if len(claims) == len(choices.claims) and custom is choices.custom:
        return choices
    return Choices(claims, custom)
