"""Words for tool tips and menus, taken as they stand: Qt has no other way of saying that something there means nothing.

Names, topics and texts come from anybody; as markup they could look like something else, or load a file, and in a menu
an ampersand would be gone.
"""


def tip(words: str) -> str:
    """What to hand to a tool tip so that exactly this is shown."""
    if "<" not in words and "&" not in words:
        return words
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<div style='white-space: pre'>{plain}</div>"


def in_menu(words: str) -> str:
    """What to hand to a menu so that exactly this is shown."""
    return words.replace("&", "&&")
