"""The sizes and rates of the wire that both sides know. Settings may lower or raise the server's share of them."""

EMAIL_LENGTH = 254
"""Characters of an e-mail address (RFC 5321)."""
USERNAME_LENGTH = 64
"""Characters of a person's name."""
PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 1024
"""Characters of a password; the upper bound only keeps a hash from being fed megabytes."""
STATUS_TEXT_LENGTH = 100
"""Characters of a custom status."""
STATUS_EMOJI_LENGTH = 16
"""Characters of a custom status's emoji, joiners included."""
PAGE_NAME_LENGTH = 100
"""Characters of the page a third-party client may name as its location."""
PAYLOAD_BYTES = 1_000_000
"""Bytes of one request or event."""
DIRECTORY_PAGE = 500
"""People on one page of the directory, at most."""
USER_ID_MAX = 2**31 - 1
"""The largest user id (the column is an INT)."""
HEARTBEAT_SECONDS = 30
"""How often a client sends a heartbeat."""

MESSAGE_LENGTH = 8_000
"""Characters of a message."""
MENTIONS = 50
"""People one message may mention; more is refused."""
ROOM_TITLE_LENGTH = 80
ROOM_TOPIC_LENGTH = 250
ROOM_MEMBERS = 1_000
"""People in one room."""
INVITED_AT_ONCE = 200
"""People one call may bring into a room."""
HISTORY_PAGE = 200
"""Messages on one page of history or of changes, at most."""
SEARCH_PAGE = 50
"""Found messages on one page, at most."""
SEARCH_LENGTH = 200
"""Characters of a search."""
REACTION_LENGTH = 64
"""Characters of a reaction's emoji, joiners included."""
REACTIONS = 30
"""Different emoji on one message."""
PINS = 100
"""Pinned messages in one conversation."""
ATTACHMENTS = 10
"""Files on one message."""
FILE_NAME_LENGTH = 150
"""Characters of a file's name."""
FILE_BYTES = 100_000_000
"""Bytes of one file (a setting of the server)."""
AVATAR_BYTES = 2_000_000
"""Bytes of an avatar as it is sent."""
SEQUENCE_MAX = 2**53
"""The largest sequence number."""
TYPING_SECONDS = 6
"""How long one `typing:update` holds."""
ADMIN_PAGE = 200
"""Rows on one page of people, invites or the audit log, at most."""
INVITE_USES = 10_000
"""Accounts that one invite may be good for."""
DEVICE_NAME_LENGTH = 100
"""Characters of what a client calls itself when it signs in."""
SERVER_NAME_LENGTH = 60
"""Characters of a server's own name."""
