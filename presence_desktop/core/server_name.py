"""What a server calls itself, made fit to be shown: it comes from outside, by the link or in an invite."""

from presence_desktop.protocol.limits import SERVER_NAME_LENGTH


def server_name(told: str | None) -> str:
    """One line of what can be seen, of at most so many characters; empty: it has no name of its own."""
    seen = "".join(letter if letter.isprintable() else " " for letter in told or "")
    return " ".join(seen.split())[:SERVER_NAME_LENGTH].rstrip()
