"""What the fonts of this computer can draw: Korean letters, emoji in colour. Without them there are boxes.

Decides nothing: `gui.language` does not speak what cannot be read, `gui.status_facts` says what to install.
"""

from PySide6.QtGui import QFontDatabase


def draws_korean() -> bool:
    """Whether some font has Korean letters."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Korean))


def draws_emoji() -> bool:
    """Whether some font has emoji in colour; all that do say so in their name."""
    return any("emoji" in family.casefold() for family in QFontDatabase.families())
