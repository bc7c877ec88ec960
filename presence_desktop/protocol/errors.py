"""The codes of everything that can be refused, and the one exception that carries them.

An error is raised where it happens, as `Refused(code)`, and turned into words in one place on each side:
the server's short English sentence below, the desktop's translated one in `gui`.
"""

from enum import StrEnum


class Code(StrEnum):
    """Every error code a client may meet, on REST (`error.code`), sockets and in the app itself."""

    MALFORMED = "malformed"
    INVALID_PAYLOAD = "invalid_payload"
    INVALID_STATUS = "invalid_status"
    INVALID_USER_ID = "invalid_user_id"
    INVALID_END_TIME = "invalid_end_time"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    UNKNOWN_EVENT = "unknown_event"

    INVALID_CREDENTIALS = "invalid_credentials"
    TOKEN_MISSING = "token_missing"
    TOKEN_INVALID = "token_invalid"
    TOKEN_EXPIRED = "token_expired"
    TOKEN_REVOKED = "token_revoked"
    ACCOUNT_DISABLED = "account_disabled"

    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNKNOWN_USER = "unknown_user"
    EMAIL_TAKEN = "email_taken"
    REGISTRATION_CLOSED = "registration_closed"
    INVITE_REQUIRED = "invite_required"
    INVITE_INVALID = "invite_invalid"
    INVITE_UNKNOWN = "invite_unknown"
    INVITE_USED_UP = "invite_used_up"
    INVITE_EXPIRED = "invite_expired"
    INVITE_REVOKED = "invite_revoked"
    WRONG_PASSWORD = "wrong_password"
    TOO_MANY_REQUESTS = "too_many_requests"
    TOO_MANY_CONNECTIONS = "too_many_connections"

    UNKNOWN_CONVERSATION = "unknown_conversation"
    UNKNOWN_MESSAGE = "unknown_message"
    UNKNOWN_FILE = "unknown_file"
    INVALID_TEXT = "invalid_text"
    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_MENTIONS = "too_many_mentions"
    INVALID_REACTION = "invalid_reaction"
    LIMIT_REACHED = "limit_reached"
    ID_TAKEN = "id_taken"
    MESSAGE_DELETED = "message_deleted"
    LAST_OWNER = "last_owner"
    FILE_TOO_LARGE = "file_too_large"
    QUOTA_EXCEEDED = "quota_exceeded"
    WRONG_OFFSET = "wrong_offset"
    UPLOAD_INCOMPLETE = "upload_incomplete"
    INVALID_FILE_NAME = "invalid_file_name"
    INVALID_IMAGE = "invalid_image"

    TLS_REQUIRED = "tls_required"
    UNAVAILABLE = "unavailable"
    SERVER_ERROR = "server_error"

    UNREACHABLE = "unreachable"
    """The app's own: nothing answers at the address."""
    BAD_ANSWER = "bad_answer"
    """The app's own: what answered does not speak this protocol."""
    KEY_UNKNOWN = "key_unknown"
    """The app's own: nobody vouches for the server's key, and it is not known here."""
    KEY_CHANGED = "key_changed"
    """The app's own: the server does not prove that it is the one that is known here."""
    NOT_ENCRYPTED = "not_encrypted"
    """The app's own: the server speaks without encryption, and nobody agreed to that."""
    NO_KEYRING = "no_keyring"
    """The app's own: no keyring could be used."""
    UNREADABLE_FILE = "unreadable_file"
    """The app's own: a file on this computer is gone or could not be read."""
    UNWRITABLE_FILE = "unwritable_file"
    """The app's own: a file could not be written on this computer."""
    KEYRING_WAITS = "keyring_waits"
    """The app's own: the keyring has not answered yet; it may be asking its owner."""
    KEYRING_CLOSED = "keyring_closed"
    """The app's own: the keyring did not give what it may have."""
    NOT_KEPT = "not_kept"
    """The app's own: what it wants to remember could not be written."""
    HISTORY_BROKEN = "history_broken"
    """The app's own: what was kept of conversations could not be read, and was begun anew."""
    MESSAGES_UNREADABLE = "messages_unreadable"
    """The app's own: some messages that the server sent could not be read."""
    SETTINGS_BROKEN = "settings_broken"
    """The app's own: the settings could not be read, and were begun anew."""


BROADER: dict[Code, Code] = {
    Code.INVITE_UNKNOWN: Code.INVITE_INVALID,
    Code.INVITE_USED_UP: Code.INVITE_INVALID,
    Code.INVITE_EXPIRED: Code.INVITE_INVALID,
    Code.INVITE_REVOKED: Code.INVITE_INVALID,
}
"""Codes that clients know under an older, broader one: over REST that is `error.code`, and these are `error.reason`."""

HTTP_STATUS: dict[Code, int] = {
    Code.MALFORMED: 400,
    Code.INVALID_USER_ID: 400,
    Code.INVALID_PAYLOAD: 422,
    Code.INVALID_STATUS: 422,
    Code.INVALID_END_TIME: 422,
    Code.PAYLOAD_TOO_LARGE: 413,
    Code.UNKNOWN_EVENT: 404,
    Code.INVALID_CREDENTIALS: 401,
    Code.TOKEN_MISSING: 401,
    Code.TOKEN_INVALID: 401,
    Code.TOKEN_EXPIRED: 401,
    Code.TOKEN_REVOKED: 401,
    Code.ACCOUNT_DISABLED: 401,
    Code.FORBIDDEN: 403,
    Code.REGISTRATION_CLOSED: 403,
    Code.INVITE_REQUIRED: 403,
    Code.INVITE_INVALID: 403,
    Code.INVITE_UNKNOWN: 403,
    Code.INVITE_USED_UP: 403,
    Code.INVITE_EXPIRED: 403,
    Code.INVITE_REVOKED: 403,
    Code.WRONG_PASSWORD: 403,
    Code.NOT_FOUND: 404,
    Code.UNKNOWN_USER: 404,
    Code.METHOD_NOT_ALLOWED: 405,
    Code.EMAIL_TAKEN: 409,
    Code.TOO_MANY_REQUESTS: 429,
    Code.TOO_MANY_CONNECTIONS: 429,
    Code.UNKNOWN_CONVERSATION: 404,
    Code.UNKNOWN_MESSAGE: 404,
    Code.UNKNOWN_FILE: 404,
    Code.INVALID_TEXT: 422,
    Code.TEXT_TOO_LONG: 422,
    Code.TOO_MANY_MENTIONS: 422,
    Code.INVALID_REACTION: 422,
    Code.LIMIT_REACHED: 409,
    Code.ID_TAKEN: 409,
    Code.MESSAGE_DELETED: 409,
    Code.LAST_OWNER: 409,
    Code.FILE_TOO_LARGE: 413,
    Code.QUOTA_EXCEEDED: 413,
    Code.WRONG_OFFSET: 409,
    Code.UPLOAD_INCOMPLETE: 409,
    Code.INVALID_FILE_NAME: 422,
    Code.INVALID_IMAGE: 422,
    Code.TLS_REQUIRED: 426,
    Code.UNAVAILABLE: 503,
    Code.SERVER_ERROR: 500,
}
"""The HTTP status of each code that the server may answer with."""

MESSAGES: dict[Code, str] = {
    Code.MALFORMED: "The request could not be read.",
    Code.INVALID_PAYLOAD: "The request has a missing or wrong field.",
    Code.INVALID_STATUS: "The status must be online, away, busy or offline.",
    Code.INVALID_USER_ID: "The user id must be an integer.",
    Code.INVALID_END_TIME: "The end time must lie in the future.",
    Code.PAYLOAD_TOO_LARGE: "The request is too large.",
    Code.UNKNOWN_EVENT: "There is no such event.",
    Code.INVALID_CREDENTIALS: "The e-mail address or the password is wrong.",
    Code.TOKEN_MISSING: "Sign in first.",
    Code.TOKEN_INVALID: "The token is not valid.",
    Code.TOKEN_EXPIRED: "The token has expired.",
    Code.TOKEN_REVOKED: "The token was revoked.",
    Code.ACCOUNT_DISABLED: "The account is disabled.",
    Code.FORBIDDEN: "This is not allowed.",
    Code.NOT_FOUND: "There is nothing here.",
    Code.METHOD_NOT_ALLOWED: "This method is not allowed here.",
    Code.UNKNOWN_USER: "There is no such user.",
    Code.EMAIL_TAKEN: "An account with this e-mail address exists.",
    Code.REGISTRATION_CLOSED: "This server takes no new accounts.",
    Code.INVITE_REQUIRED: "An invite is needed.",
    Code.INVITE_INVALID: "The invite is not valid: unknown, used up, expired or revoked.",
    Code.INVITE_UNKNOWN: "The invite is not valid: there is none with this code.",
    Code.INVITE_USED_UP: "The invite is not valid: it was used as often as it may be.",
    Code.INVITE_EXPIRED: "The invite is not valid: it has expired.",
    Code.INVITE_REVOKED: "The invite is not valid: it was taken back.",
    Code.WRONG_PASSWORD: "The password is wrong.",
    Code.TOO_MANY_REQUESTS: "Too many requests. Wait a little.",
    Code.TOO_MANY_CONNECTIONS: "Too many connections of this account.",
    Code.UNKNOWN_CONVERSATION: "There is no such conversation.",
    Code.UNKNOWN_MESSAGE: "There is no such message.",
    Code.UNKNOWN_FILE: "There is no such file.",
    Code.INVALID_TEXT: "The text is empty, or holds characters that are not allowed.",
    Code.TEXT_TOO_LONG: "The text is too long.",
    Code.TOO_MANY_MENTIONS: "The message mentions too many people.",
    Code.INVALID_REACTION: "The reaction is not one emoji.",
    Code.LIMIT_REACHED: "There is no room for more of these.",
    Code.ID_TAKEN: "This id stands for something else already.",
    Code.MESSAGE_DELETED: "The message was deleted.",
    Code.LAST_OWNER: "A room needs an owner: name another one first.",
    Code.FILE_TOO_LARGE: "The file is too large.",
    Code.QUOTA_EXCEEDED: "Your files take up all the space you have here.",
    Code.WRONG_OFFSET: "The upload goes on at another place: ask how much has arrived.",
    Code.UPLOAD_INCOMPLETE: "The upload is not complete.",
    Code.INVALID_FILE_NAME: "The file's name cannot be used.",
    Code.INVALID_IMAGE: "The picture cannot be read: PNG, JPEG and WebP can.",
    Code.TLS_REQUIRED: "This server speaks encrypted only: use https.",
    Code.UNAVAILABLE: "The server cannot do this right now.",
    Code.SERVER_ERROR: "The server failed to do this.",
}
"""The server's sentence for each code it may answer with."""


class Refused(Exception):
    """A request that is refused: `code` says why, `message` says it in one English sentence.

    `retry_after` is in seconds, for `TOO_MANY_REQUESTS` only.
    """

    def __init__(self, code: Code, message: str | None = None, *, retry_after: float | None = None) -> None:
        self.code = code
        self.message = message or MESSAGES.get(code, code.value)
        self.retry_after = retry_after
        super().__init__(f"{code.value}: {self.message}")
