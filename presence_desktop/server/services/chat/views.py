"""Turns what is kept of conversations into the types of the wire, as one particular person may see it.

Own marks are told in full, others' as far as they are shown.
"""

from collections.abc import Mapping

from presence_desktop.protocol import chat
from presence_desktop.protocol.chat_events import MessageMarks, MessagePage
from presence_desktop.server.domain.marks import Marks
from presence_desktop.server.domain.messages import File, Letter
from presence_desktop.server.domain.rooms import Circle
from presence_desktop.server.services.chat.ports import Standing, Stretch

_NONE = Marks()


def message(letter: Letter) -> chat.Message:
    """A message, the same for all members."""
    reply = letter.reply_to
    return chat.Message(
        id=letter.id,
        conversation_id=letter.conversation_id,
        seq=letter.seq,
        change=letter.change,
        sender_id=letter.sender_id,
        text=letter.text,
        sent_at=letter.sent_at,
        edited_at=letter.edited_at,
        deleted_at=letter.deleted_at,
        reply_to=None
        if reply is None
        else chat.Quote(id=reply.id, seq=reply.seq, sender_id=reply.sender_id, text=reply.text),
        mentions=list(letter.mentions),
        mentions_all=letter.mentions_all,
        attachments=[attachment(file) for file in letter.files],
        reactions=[chat.Reaction(emoji=emoji, user_ids=list(who)) for emoji, who in letter.reactions],
        pinned_at=letter.pinned_at,
        pinned_by=letter.pinned_by,
    )


def attachment(file: File) -> chat.Attachment:
    """A file on a message."""
    return chat.Attachment(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        width=file.width,
        height=file.height,
        has_thumbnail=file.has_thumbnail,
    )


def conversation(
    circle: Circle, marks: Mapping[int, Marks], viewer: int, standing: Standing | None = None
) -> chat.Conversation:
    """A conversation as a member sees it; with counts and last message only where `standing` brings them."""
    members = []
    for user_id, place in circle.people.items():
        known = marks.get(user_id, _NONE)
        own = user_id == viewer
        members.append(
            chat.Member(
                user_id=user_id,
                role=place.role,
                joined_at=place.joined_at,
                delivered_seq=known.delivered if own else known.shown_delivered,
                read_seq=known.read if own else known.shown_read,
            )
        )
    return chat.Conversation(
        id=circle.id,
        kind=circle.kind,
        title=circle.title,
        topic=circle.topic,
        visibility=circle.visibility,
        version=circle.version,
        created_at=circle.created_at,
        members=members,
        last_seq=circle.last_seq,
        last_change=circle.last_change,
        unread=None if standing is None else standing.unread,
        mentions=None if standing is None else standing.mentions,
        last_message=None if standing is None or standing.last is None else message(standing.last),
    )


def for_everybody(circle: Circle, marks: Mapping[int, Marks]) -> chat.Conversation:
    """A conversation in which nobody's marks are told but as others know them: the same for all who hide none."""
    return conversation(circle, marks, viewer=0)


def standing(found: Standing, viewer: int) -> chat.Conversation:
    """A conversation with all that belongs to it."""
    return conversation(found.circle, found.marks, viewer, found)


def own_marks(conversation_id: int, user_id: int, marks: Marks) -> MessageMarks:
    """How far somebody is, for their own devices."""
    return MessageMarks(
        conversation_id=conversation_id, user_id=user_id, delivered_seq=marks.delivered, read_seq=marks.read
    )


def shown_marks(conversation_id: int, user_id: int, marks: Marks) -> MessageMarks:
    """How far somebody is, for others."""
    return MessageMarks(
        conversation_id=conversation_id,
        user_id=user_id,
        delivered_seq=marks.shown_delivered,
        read_seq=marks.shown_read,
    )


def page(conversation_id: int, stretch: Stretch) -> MessagePage:
    """Messages that were asked for."""
    return MessagePage(
        conversation_id=conversation_id,
        messages=[message(letter) for letter in stretch.letters],
        more=stretch.more,
        last_seq=stretch.last_seq,
        last_change=stretch.last_change,
    )
