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
TYPING_SECONDS = 6
"""How long one `typing:update` holds."""
