"""A conversation in words: what it is called, the line under its name, when something was last said.

Decides the wording only; what is known of the conversation comes from `core.chat`.
"""

from enum import Enum, auto
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from presence_desktop.core.chat.talk import Talk
from presence_desktop.core.client import Client
from presence_desktop.gui.chat import markdown
from presence_desktop.gui.when import DAY
from presence_desktop.protocol.chat import Kind, Message

_tr = QCoreApplication.translate
_PREVIEW = 400
"""So many characters of a message are looked at for one line."""


class Mood(Enum):
    """How the line under a conversation's name is to be drawn."""

    PLAIN = auto()
    TYPING = auto()
    DRAFT = auto()


def name_of(client: Client, user_id: int | None) -> str:
    """Somebody's name; in words for who has no account any more."""
    contact = None if user_id is None else client.roster.get(user_id)
    if contact is not None:
        return contact.username
    if client.me is not None and user_id == client.me.user_id:
        return client.me.username
    return _tr("talks", "Somebody who left")


def talk_title(client: Client, talk: Talk) -> str:
    """What a conversation is called."""
    if talk.kind is Kind.ROOM:
        return talk.title or ""
    if client.me is not None and talk.other == client.me.user_id:
        return _tr("talks", "Notes to yourself")
    return name_of(client, talk.other)


def talk_line(client: Client, talk: Talk) -> tuple[Mood, str]:
    """The line under its name: who types, what was begun, what was said last."""
    if talk.typing:
        return Mood.TYPING, _typing_line(client, talk)
    window = client.chats.window
    if talk.draft.strip() and (
        window is None or window.conversation_id != talk.id
    ):  # there one sees it anyway
        return Mood.DRAFT, _tr("talks", "Draft: {text}").format(text=plain(talk.draft))
    if talk.last is None:
        return Mood.PLAIN, talk.topic or _tr("talks", "Nothing said yet")
    text = message_line(talk.last)
    if client.me is not None and talk.last.sender_id == client.me.user_id:
        return Mood.PLAIN, _tr("talks", "You: {text}").format(text=text)
    if talk.kind is Kind.ROOM:
        return Mood.PLAIN, f"{name_of(client, talk.last.sender_id)}: {text}"
    return Mood.PLAIN, text


def typing_words(names: list[str]) -> str:
    """Who is typing, by name as long as they are few; empty for nobody."""
    if not names:
        return ""
    if len(names) == 1:
        return _tr("talks", "{name} is typing…").format(name=names[0])
    if len(names) == 2:
        return _tr("talks", "{name} and {other} are typing…").format(name=names[0], other=names[1])
    return _tr("talks", "{count} people are typing…").format(count=len(names))


def _typing_line(client: Client, talk: Talk) -> str:
    """The same where there is little room, and where there can be only one."""
    if talk.kind is Kind.DIRECT:
        return _tr("talks", "typing…")
    if len(talk.typing) > 1:
        return _tr("talks", "{count} people are typing…").format(count=len(talk.typing))
    return typing_words([name_of(client, user_id) for user_id in talk.typing])


def message_line(message: Message) -> str:
    """A message as one line."""
    if message.deleted_at is not None:
        return _tr("talks", "Message deleted")
    if text := plain(message.text):
        return text
    names = [attachment.name for attachment in message.attachments]
    if not names:
        return strange_words(message)
    if all(attachment.width is not None for attachment in message.attachments):
        if len(names) == 1:
            return _tr("talks", "Picture")
        return _tr("talks", "{count} pictures").format(count=len(names))
    return names[0] if len(names) == 1 else _tr("talks", "{count} files").format(count=len(names))


def strange_words(message: Message) -> str:
    """What there is to say of a message that is not, or not all of it, understood here; empty for any other."""
    if message.is_unreadable:
        return _tr("talks", "This message could not be read.")
    return "" if message.is_known else _tr("talks", "This message needs a newer version of the app.")


def talk_sentence(client: Client, talk: Talk, now: int) -> str:
    """A conversation in one sentence, as a screen reader says it."""
    parts = [talk_title(client, talk)]
    if talk.kind is Kind.ROOM:
        parts.append(_tr("talks", "room"))
    if talk.unread:
        parts.append(_tr("talks", "{count} unread").format(count=talk.unread))
    if talk.mentions:
        parts.append(_tr("talks", "mentions you"))
    if talk.failed:
        parts.append(_tr("talks", "not sent"))
    if talk.muted:
        parts.append(_tr("talks", "muted"))
    parts.append(talk_line(client, talk)[1])
    parts.append(short_time(talk.last_at, now))
    return ", ".join(part for part in parts if part)


def short_time(moment: int, now: int) -> str:
    """`14:05` today, `Tue` this week, `12 Nov` this year, else a date."""
    told, today = QDateTime.fromMSecsSinceEpoch(moment), QDateTime.fromMSecsSinceEpoch(now)
    locale = QLocale()
    if told.date() == today.date():
        return locale.toString(told.time(), QLocale.FormatType.ShortFormat)
    if 0 <= told.date().daysTo(today.date()) < 7 and now - moment < 7 * DAY:
        return locale.standaloneDayName(told.date().dayOfWeek(), QLocale.FormatType.ShortFormat)
    if told.date().year() == today.date().year():
        return locale.toString(told.date(), _tr("when", "d MMM", "a day of this year, as QLocale formats it"))
    return locale.toString(told.date(), QLocale.FormatType.ShortFormat)


def badge_number(count: int) -> str:
    """How many unread, short enough for a badge."""
    return str(count) if count < 1000 else "999+"


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Markdown as one line without its marks."""
    return markdown.plain(markdown.read(text[:_PREVIEW]))
