"""What this device is called in the list of those that one is signed in on."""

from presence_desktop.protocol import limits


def device_name(computer: str, system: str) -> str | None:
    """What this device is called among one's others: `studio-pc (Debian 12)`; None where nothing can be said of it."""
    words = [" ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
             for text in (computer, system)]  # fmt: skip
    name = f"{words[0]} ({words[1]})" if all(words) else "".join(words)
    return name[: limits.DEVICE_NAME_LENGTH].strip() or None
