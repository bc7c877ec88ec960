"""The context menu of a conversation: what one may do with it, by its kind and one's own role."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from presence_desktop.core.chat.talk import Talk
from presence_desktop.gui.look import Look
from presence_desktop.protocol.chat import Kind, Visibility


class TalkMenu(QMenu):
    """Made anew each time it opens."""

    open_asked = Signal(int)
    read_asked = Signal(int)
    mute_asked = Signal(int, bool)
    members_asked = Signal(int)
    details_asked = Signal(int)
    invite_asked = Signal(int)
    pins_asked = Signal(int)
    leave_asked = Signal(int)

    def __init__(self, talk: Talk, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        room = talk.kind is Kind.ROOM
        self._add(look, "message", self.tr("Open"), self.open_asked, talk)
        if talk.unread:
            self._add(look, "check", self.tr("Mark as read"), self.read_asked, talk)
        self._add_mute(look, talk)
        self.addSeparator()
        self._add(look, "pin", self.tr("Pinned messages"), self.pins_asked, talk)
        if not room:
            self._add(look, "info", self.tr("Show profile"), self.details_asked, talk)
            return
        self._add(look, "members", self.tr("Members…"), self.members_asked, talk)
        if talk.leads or talk.visibility is Visibility.PUBLIC:
            self._add(look, "person-plus", self.tr("Invite people…"), self.invite_asked, talk)
        words = self.tr("Change room…") if talk.leads else self.tr("About this room…")
        self._add(look, "settings", words, self.details_asked, talk)
        self.addSeparator()
        self._add(look, "leave", self.tr("Leave room…"), self.leave_asked, talk)

    def _add_mute(self, look: Look, talk: Talk) -> None:
        icon, words = ("bell", self.tr("Unmute")) if talk.muted else ("bell-off", self.tr("Mute"))
        action = self.addAction(look.icon(icon), words)
        action.triggered.connect(lambda: self.mute_asked.emit(talk.id, not talk.muted))

    def _add(self, look: Look, icon: str, words: str, signal: SignalInstance, talk: Talk) -> None:
        self.addAction(look.icon(icon), words).triggered.connect(lambda: signal.emit(talk.id))
