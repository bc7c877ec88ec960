"""What the app says: statuses, reasons, refusals and broken links as sentences, in one place.

Decides the wording only. Every code of `protocol.errors` has its sentence; what stands behind a code was decided
where it was raised.
"""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.contact import Contact
from presence_desktop.gui.when import ago, at
from presence_desktop.protocol.chat import MemberRole
from presence_desktop.protocol.errors import Code
from presence_desktop.protocol.status import Reason, Status

_tr = QCoreApplication.translate


def status_word(status: Status | None) -> str:
    """A status by its name; None is unknown."""
    return {
        None: _tr("words", "Unknown"),
        Status.ONLINE: _tr("words", "Online"),
        Status.AWAY: _tr("words", "Away"),
        Status.BUSY: _tr("words", "Busy"),
        Status.OFFLINE: _tr("words", "Offline"),
    }[status]


def choice_word(status: Status) -> str:
    """A status as something to choose: offline by choice is *appear offline*."""
    if status is Status.OFFLINE:
        return _tr("words", "Appear offline")
    return status_word(status)


def status_line(contact: Contact, now: int) -> str:
    """The line under somebody's name: own words, else the status, else when they were last seen."""
    if not contact.known:
        return status_word(None)
    if contact.status is Status.OFFLINE:
        return last_seen_words(contact, now) or status_word(Status.OFFLINE)
    return custom_words(contact.emoji, contact.text) or status_word(contact.status)


def custom_words(emoji: str | None, text: str | None) -> str:
    """A custom status as one line; empty when there is none."""
    return " ".join(part for part in (emoji, text) if part)


def last_seen_words(contact: Contact, now: int) -> str:
    """`Last seen 5 min ago`; empty for somebody who was never here."""
    if contact.last_seen is None:
        return ""
    return _tr("words", "Last seen {ago}").format(ago=ago(contact.last_seen, now))


def sentence(contact: Contact, now: int) -> str:
    """Somebody in one sentence, as a screen reader says it."""
    line = status_line(contact, now)
    shown = status_word(contact.status if contact.known else None)
    if line == shown or not contact.known:
        return _tr("words", "{name}, {status}").format(name=contact.username, status=shown)
    return _tr("words", "{name}, {status}, {line}").format(name=contact.username, status=shown, line=line)


def reason_words(reason: Reason | None) -> str:
    """Why a status is what it is; empty where that is not told."""
    if reason is None:
        return ""
    return {
        Reason.ACTIVE: _tr("words", "active now"),
        Reason.MANUAL: _tr("words", "chosen by hand"),
        Reason.IDLE: _tr("words", "no keyboard or mouse for a while"),
        Reason.LOCKED: _tr("words", "the screen is locked"),
        Reason.SIGNED_OUT: _tr("words", "signed out"),
        Reason.LOST: _tr("words", "the connection broke"),
        Reason.EXPIRED: _tr("words", "no sign of life for a long time"),
        Reason.GONE: _tr("words", "not here"),
    }[reason]


def why(status: Status | None, reason: Reason | None, since: int | None, now: int) -> str:
    """What a dot's hover says: the status, why, and since when."""
    if status is None:
        return _tr("words", "Unknown: there is no connection to the server, so nobody can say.")
    parts = [status_word(status)]
    if words := reason_words(reason):
        parts.append(words)
    if since is not None:
        parts.append(_tr("words", "since {time}").format(time=at(since, now)))
    return " · ".join(parts)


def begun(words: str) -> str:
    """Words that are otherwise part of a sentence, as the beginning of one."""
    return words[:1].upper() + words[1:]


def error_sentence(code: Code | str) -> str:
    """What went wrong and what to do about it."""
    try:
        return _sentences()[Code(code)]
    except ValueError:
        return _tr("words", "The server refused this (code: {code}).").format(code=code)


def ask_sentence(code: Code) -> str:
    """Why something that was asked of the server, while signed in, was not done."""
    if code is Code.UNREACHABLE:
        return _tr("words", "There is no connection to the server right now. Try again in a moment.")
    if code is Code.BAD_ANSWER:
        return error_sentence(Code.MALFORMED)
    if code is Code.TOO_MANY_REQUESTS:
        return _tr("words", "That was too much at once. Wait a moment, then try again.")
    return error_sentence(code)


def link_sentence(code: Code | None) -> str:
    """Why there is no link, short enough for the banner."""
    return {
        Code.UNREACHABLE: _tr("words", "The server does not answer."),
        Code.UNAVAILABLE: _tr("words", "The server is going down or is too busy."),
        Code.TOO_MANY_CONNECTIONS: _tr("words", "This account is connected too many times."),
    }.get(code or Code.UNREACHABLE) or error_sentence(code or Code.UNREACHABLE)


def role_word(role: MemberRole) -> str:
    """What somebody is in a room."""
    return {
        MemberRole.OWNER: _tr("words", "Owner"),
        MemberRole.MODERATOR: _tr("words", "Moderator"),
        MemberRole.MEMBER: _tr("words", "Member"),
    }[role]


def _sentences() -> dict[Code, str]:
    outdated = _tr(
        "words", "The app and the server do not understand each other. Update the older of the two."
    )
    session = _tr("words", "Your session has ended. Sign in again.")
    return {
        Code.MALFORMED: outdated,
        Code.INVALID_PAYLOAD: _tr(
            "words", "Something in this form is missing or too long. Check it and try again."
        ),
        Code.INVALID_STATUS: outdated,
        Code.INVALID_USER_ID: outdated,
        Code.INVALID_END_TIME: _tr("words", "The end time has already passed. Choose a later one."),
        Code.PAYLOAD_TOO_LARGE: _tr("words", "This is too large for the server."),
        Code.UNKNOWN_EVENT: outdated,
        Code.INVALID_CREDENTIALS: _tr("words", "The e-mail address or the password is wrong."),
        Code.TOKEN_MISSING: _tr("words", "Sign in to go on."),
        Code.TOKEN_INVALID: session,
        Code.TOKEN_EXPIRED: session,
        Code.TOKEN_REVOKED: _tr(
            "words",
            "You were signed out here: from another device, by a new password, or by whoever runs the server. "
            "Sign in again.",
        ),
        Code.ACCOUNT_DISABLED: _tr("words", "This account is disabled. Ask whoever runs the server."),
        Code.FORBIDDEN: _tr("words", "You are not allowed to do this."),
        Code.NOT_FOUND: _tr("words", "The server does not have this. Check the address."),
        Code.METHOD_NOT_ALLOWED: outdated,
        Code.UNKNOWN_USER: _tr("words", "This person has no account here any more."),
        Code.EMAIL_TAKEN: _tr(
            "words", "There is already an account with this e-mail address. Sign in instead."
        ),
        Code.REGISTRATION_CLOSED: _tr("words", "This server takes no new accounts. Ask whoever runs it."),
        Code.INVITE_REQUIRED: _tr(
            "words", "This server asks for an invite code. Ask whoever runs it for one."
        ),
        Code.INVITE_INVALID: _tr("words", "This invite code is not valid. Check it, or ask for a new one."),
        Code.INVITE_UNKNOWN: _tr(
            "words", "There is no invite with this code. Check it, or ask for a new one."
        ),
        Code.INVITE_USED_UP: _tr("words", "This invite has been used up. Ask for a new one."),
        Code.INVITE_EXPIRED: _tr("words", "This invite has expired. Ask for a new one."),
        Code.INVITE_REVOKED: _tr("words", "This invite was taken back. Ask for a new one."),
        Code.WRONG_PASSWORD: _tr("words", "The password is wrong."),
        Code.TOO_MANY_REQUESTS: _tr("words", "Too many tries. Wait a minute, then try again."),
        Code.TOO_MANY_CONNECTIONS: _tr(
            "words", "This account is connected too many times. Close it elsewhere."
        ),
        **_chat_sentences(),
        Code.UNAVAILABLE: _tr("words", "The server cannot do this right now. Try again in a moment."),
        Code.SERVER_ERROR: _tr(
            "words", "The server failed at this. Try again; if it stays, tell whoever runs it."
        ),
        Code.UNREACHABLE: _tr(
            "words", "Nothing answers at this address. Check the address and your network."
        ),
        Code.BAD_ANSWER: _tr(
            "words", "What answers at this address is no Presence server. Check the address."
        ),
        **_trust_sentences(),
        Code.NO_KEYRING: _tr(
            "words",
            "This computer has no keyring that could keep you signed in: you will be asked for your password "
            "at each start.",
        ),
        **_bad_day_sentences(),
    }


def _bad_day_sentences() -> dict[Code, str]:
    return {
        Code.KEYRING_WAITS: _tr(
            "words",
            "Waiting for this computer's keyring, which keeps you signed in. If your system asks for its "
            "password, perhaps behind another window, answer there.",
        ),
        Code.KEYRING_CLOSED: _tr(
            "words",
            "This computer's keyring did not open, so it cannot keep you signed in. Sign in with your password; "
            "it is asked for at each start until the keyring is unlocked.",
        ),
        Code.MESSAGES_UNREADABLE: _tr(
            "words",
            "Some messages from the server could not be read. Each shows its place in the conversation; an update of "
            "the app or of the server may help.",
        ),
        Code.NOT_KEPT: _tr(
            "words",
            "Nothing can be saved on this computer: the disk is full, or the app's folder cannot be written. "
            "You can go on, but settings and unsent messages are lost when the app ends. Free some space, or check "
            "the folder's permissions.",
        ),
        Code.HISTORY_BROKEN: _tr(
            "words",
            "The conversations kept on this computer could not be read. They are fetched from the server again, "
            "and what could be read of your unsent messages was saved.",
        ),
        Code.SETTINGS_BROKEN: _tr(
            "words",
            "The settings could not be read: the app starts as if it were new. Sign in again; your conversations "
            "are still there. The old settings were put aside as settings.json.broken.",
        ),
    }


def _trust_sentences() -> dict[Code, str]:
    return {
        Code.TLS_REQUIRED: _tr(
            "words", "This server takes encrypted connections only. Write https:// before its address."
        ),
        Code.KEY_UNKNOWN: _tr(
            "words",
            "Nobody vouches for this server's key. Ask whoever runs the server for an invite link, or compare the "
            "key with theirs.",
        ),
        Code.KEY_CHANGED: _tr(
            "words",
            "This server does not prove that it is the one you know, so nothing was sent to it. Somebody may be "
            "listening in, or it was set up anew: ask whoever runs it.",
        ),
        Code.NOT_ENCRYPTED: _tr(
            "words",
            "This server does not encrypt: everybody on the network could read along, so nothing was sent to it.",
        ),
    }


def _chat_sentences() -> dict[Code, str]:
    return {
        Code.UNKNOWN_CONVERSATION: _tr("words", "You are not in this conversation, or it does not exist."),
        Code.UNKNOWN_MESSAGE: _tr("words", "This message does not exist any more."),
        Code.UNKNOWN_FILE: _tr("words", "This file does not exist any more."),
        Code.INVALID_TEXT: _tr(
            "words", "This text is empty, or it has characters in it that are not allowed."
        ),
        Code.TEXT_TOO_LONG: _tr("words", "This text is too long."),
        Code.TOO_MANY_MENTIONS: _tr("words", "This message mentions too many people. Use @all instead."),
        Code.INVALID_REACTION: _tr("words", "One reacts with one emoji."),
        Code.LIMIT_REACHED: _tr("words", "There is no room for more of these."),
        Code.ID_TAKEN: _tr("words", "This was sent before, with something else in it."),
        Code.MESSAGE_DELETED: _tr("words", "This message was deleted."),
        Code.LAST_OWNER: _tr("words", "A room needs an owner: make somebody else owner first."),
        Code.FILE_TOO_LARGE: _tr("words", "This file is too large for the server."),
        Code.QUOTA_EXCEEDED: _tr(
            "words", "Your files take up all the space you have here. Delete messages with large files."
        ),
        Code.WRONG_OFFSET: _tr("words", "Sending this file went wrong. Try again."),
        Code.UPLOAD_INCOMPLETE: _tr("words", "This file has not arrived in full. Try again."),
        Code.INVALID_FILE_NAME: _tr("words", "The server cannot use this file's name. Rename the file."),
        Code.INVALID_IMAGE: _tr("words", "This picture cannot be read. PNG, JPEG and WebP can."),
        Code.UNREADABLE_FILE: _tr(
            "words", "This cannot be read as a file: it is empty, a folder, moved, deleted, or not yours."
        ),
        Code.UNWRITABLE_FILE: _tr("words", "The file cannot be saved there: no space, or no permission."),
    }
