"""Words for a tool tip, taken as they stand: Qt has no other way of saying that something there is no markup.

Names, topics and texts come from anybody; as markup they could look like something else, or load a file.
"""


def tip(words: str) -> str:
    """What to hand to a tool tip so that exactly this is shown."""
    if "<" not in words and "&" not in words:
        return words
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<div style='white-space: pre'>{plain}</div>"
