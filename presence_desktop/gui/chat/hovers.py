"""What a pointer that rests on a part of a row is told: where a link leads, who reacted, who has read.

Decides the wording only.
"""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.chat.row import Row
from presence_desktop.gui.chat.boxes import Hit, Spot
from presence_desktop.gui.chat.company import Company
from presence_desktop.gui.chat.days import in_full
from presence_desktop.gui.chat.sentences import delivery_hover, listed

_tr = QCoreApplication.translate


def hover_words(row: Row, hit: Hit | None, company: Company) -> str:
    """The words for what lies under the pointer; empty for nothing to say."""
    if hit is None:
        return ""
    if hit.spot is Spot.TIME:
        return in_full(row.message.sent_at)
    if hit.spot is Spot.LINK:
        return hit.text
    if hit.spot is Spot.MARK:
        return delivery_hover(row, company)
    if hit.spot is Spot.CHIP:
        return _reacted(row, hit.text, company)
    if hit.spot is Spot.MORE_CHIPS:
        return _tr("chat", "React")
    if hit.spot in (Spot.PICTURE, Spot.FILE):
        return row.message.attachments[hit.number].name  # in full: on the card it may be cut
    return ""


def _reacted(row: Row, emoji: str, company: Company) -> str:
    for reaction in row.message.reactions:
        if reaction.emoji == emoji:
            names = [company.name(user_id) for user_id in reaction.user_ids]
            return _tr("chat", "{emoji} from {names}").format(emoji=emoji, names=listed(names))
    return ""
