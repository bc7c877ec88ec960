"""What may become of a message: written, its mentions found, edited, deleted, reacted to, pinned.

Pure: a message is a value, each function returns the one that follows. Which characters a text may hold is
`domain.written`'s. Who is in the conversation is asked before (`domain.rooms`); numbers are given out by the services
when it is stored.
"""

import re
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused
from presence_desktop.server.domain import written
from presence_desktop.server.domain.emoji import is_emoji
from presence_desktop.server.domain.searching import folded

QUOTE_LENGTH = 200
"""Characters of a quoted message that are sent along."""
_MENTION = re.compile(r'(?<![\w@])@(?:"([^"\n]{1,64})"|([\w.\-]{1,64}))')
_ALL = "all"
Members = Callable[[], Mapping[str, Collection[int]]]
"""Who bears which name, in the form of `searching.folded`; asked only if a text mentions anybody."""


class Quoted(Struct, frozen=True):
    """What a message answers, as it is now."""

    id: UUID
    seq: int
    sender_id: int | None
    text: str


class File(Struct, frozen=True):
    """A complete upload: what the sender called it, and what it is."""

    id: UUID
    owner_id: int | None
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    has_thumbnail: bool = False
    message_id: UUID | None = None
    """The message it is on; None: on none yet."""


class Letter(Struct, frozen=True):
    """One message. `reactions` map an emoji to who gave it, in order."""

    id: UUID
    conversation_id: int
    seq: int
    change: int
    sender_id: int | None
    text: str
    sent_at: int
    edited_at: int | None = None
    deleted_at: int | None = None
    reply_to: Quoted | None = None
    mentions: tuple[int, ...] = ()
    mentions_all: bool = False
    files: tuple[File, ...] = ()
    reactions: tuple[tuple[str, tuple[int, ...]], ...] = ()
    pinned_at: int | None = None
    pinned_by: int | None = None


def mentioned(text: str, members: Members) -> tuple[tuple[int, ...], bool]:
    """Which members a text mentions, and whether all. Of two people with one name, both.

    Raises Refused(TOO_MANY_MENTIONS).
    """
    words = {folded(quoted or plain) for quoted, plain in _MENTION.findall(text)} if "@" in text else set()
    if not words:
        return (), False
    names = members()
    words |= {word.rstrip(".-") for word in words}  # at the end of a sentence
    found = {user_id for word in words for user_id in names.get(word, ())}
    if len(found) > limits.MENTIONS:
        raise Refused(Code.TOO_MANY_MENTIONS)
    return tuple(sorted(found)), _ALL in words and _ALL not in names


def with_text(letter: Letter, text: str, members: Members) -> Letter:
    """The message with this text.

    Raises Refused: as `written.lines` and `mentioned`; INVALID_TEXT if there is nothing to be seen, nor a file.
    """
    plain = written.lines(text)
    if not written.shows(plain):
        if not letter.files:
            raise Refused(Code.INVALID_TEXT)
        plain = ""
    people, everybody = mentioned(plain, members)
    return replace(letter, text=plain, mentions=people, mentions_all=everybody)


def edited(letter: Letter, user_id: int, text: str, members: Members, now: int) -> Letter:
    """Edited by its sender; the same text changes nothing. Raises Refused."""
    _alive(letter)
    if letter.sender_id != user_id:
        raise Refused(Code.FORBIDDEN)
    new = with_text(letter, text, members)
    return letter if new.text == letter.text else replace(new, edited_at=now)


def deleted(letter: Letter, user_id: int, *, leads: bool, now: int) -> Letter:
    """Deleted by its sender, or by who leads the room; once more changes nothing. Raises Refused(FORBIDDEN)."""
    if letter.sender_id != user_id and not leads:
        raise Refused(Code.FORBIDDEN)
    if letter.deleted_at is not None:
        return letter
    return Letter(
        letter.id,
        letter.conversation_id,
        letter.seq,
        letter.change,
        letter.sender_id,
        "",
        letter.sent_at,
        deleted_at=now,
    )


def reacted(letter: Letter, user_id: int, emoji: str, *, on: bool) -> Letter:
    """With or without this reaction; what is so already changes nothing. Raises Refused."""
    _alive(letter)
    if not is_emoji(emoji):
        raise Refused(Code.INVALID_REACTION)
    reactions = dict(letter.reactions)
    given = reactions.get(emoji, ())
    if on == (user_id in given):
        return letter
    if on:
        if emoji not in reactions and len(reactions) >= limits.REACTIONS:
            raise Refused(Code.LIMIT_REACHED)
        reactions[emoji] = (*given, user_id)
    else:
        reactions[emoji] = tuple(one for one in given if one != user_id)
    return replace(letter, reactions=tuple((one, who) for one, who in reactions.items() if who))


def pinned(letter: Letter, user_id: int, *, on: bool, pins: int, now: int) -> Letter:
    """Pinned or no longer; what is so already changes nothing. `pins`: how many there are already. Raises Refused."""
    _alive(letter)
    if on == (letter.pinned_at is not None):
        return letter
    if not on:
        return replace(letter, pinned_at=None, pinned_by=None)
    if pins >= limits.PINS:
        raise Refused(Code.LIMIT_REACHED)
    return replace(letter, pinned_at=now, pinned_by=user_id)


def quoted(letter: Letter) -> Quoted:
    """What an answer says of the message it answers."""
    return Quoted(letter.id, letter.seq, letter.sender_id, letter.text[:QUOTE_LENGTH])


def _alive(letter: Letter) -> None:
    if letter.deleted_at is not None:
        raise Refused(Code.MESSAGE_DELETED)
