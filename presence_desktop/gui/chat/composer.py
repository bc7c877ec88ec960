"""Under the messages: what is written, answered, edited and attached before it is sent.

Decides when something may be sent and what the strips over the field say. Sending is `pane`'s business, by `core`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout
from typing_extensions import override

from presence_desktop.core.chat.row import Delivery, LocalFile, Row
from presence_desktop.gui import theme
from presence_desktop.gui.chat.attached import Attached, kept_picture, local_file
from presence_desktop.gui.chat.markdown import plain, read
from presence_desktop.gui.chat.writing import Writing
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ElidedLabel, Panel
from presence_desktop.gui.words import error_sentence
from presence_desktop.protocol import limits
from presence_desktop.protocol.errors import Code, Refused

COUNT_FROM = limits.MESSAGE_LENGTH - 500
"""From so many characters on the counter is shown."""
_ICON = QSize(20, 20)
_SHEET = """
#composer-box {{ background: {raised}; border: 1px solid {outline}; border-radius: {radius}px; padding: 1px; }}
#composer-box[focused="true"] {{ border: 2px solid {link}; padding: 0; }}
#composer-strip {{ background: transparent; border: none; }}
QTextEdit {{ background: transparent; border: none; selection-background-color: {accent};
    selection-color: {on_accent}; }}
"""


class Begun(Struct, frozen=True):
    """What was begun besides the text of a draft."""

    files: tuple[LocalFile, ...]
    reply: Row | None
    reply_name: str
    edit: Row | None
    text: str
    """What the edited message says by now."""


class Composer(Panel):
    """The field, its buttons, and the strip that says what the text will be: an answer, an edit."""

    submitted = Signal(str, object, object)
    """A message: its text, the `LocalFile`s, and the id of what it answers or None."""
    edited = Signal(object, str)
    """The id of an edited message, and its new text."""
    typing = Signal(bool)
    edit_last = Signal()
    left = Signal()
    """Escape, with nothing to end here."""
    notice = Signal(str)
    emoji_asked = Signal()

    def __init__(self, look: Look, outgoing: Path | None = None) -> None:
        super().__init__(look)
        self._outgoing = outgoing
        self._reply: Row | None = None
        self._edit: Row | None = None
        self._invitation: Callable[[], str] = str
        """What stands in the empty field."""
        self._reply_name = ""
        self._kept_draft = ""
        self._was_empty = True
        self._filling = False
        self.field = Writing()
        self.attached = Attached(look)
        self.attach = _button()
        self.emoji = _button()
        self.send = _button()
        self.send.setObjectName("send")
        self.counter = QLabel()
        self.counter.setProperty("role", "small")
        self._strip_icon = QLabel()
        self.strip_words = ElidedLabel("small")
        self._strip_close = _button()
        self._strip = self._strip_part()
        self.box = QFrame()
        self._lay_out()
        self.field.textChanged.connect(self._changed)
        self.field.sent.connect(self.submit)
        self.field.escaped.connect(self._escape)
        self.field.focused.connect(self._mark_focus)
        self.field.edit_last.connect(self.edit_last)
        self.field.files_given.connect(self.add_files)
        self.field.picture_given.connect(self._add_picture)
        self.field.too_long.connect(self._tell_too_long)
        self.attached.changed.connect(self._weigh)
        self.attach.clicked.connect(self._choose_files)
        self.emoji.clicked.connect(self.emoji_asked)
        self.send.clicked.connect(self.submit)
        self._strip_close.clicked.connect(self._escape)
        self.retranslate()
        self.repaint_look()
        self._changed()

    # --- what is told ---

    def begin(self, draft: str, invitation: Callable[[], str]) -> None:
        """Another conversation: its draft, nothing answered, nothing attached."""
        self._reply = self._edit = None
        self._kept_draft = ""
        self._invitation = invitation
        self.attached.set_files(())
        self._put(draft)
        self._show_strip()
        self.retranslate()

    @property
    def draft(self) -> str:
        """What is to be kept for later; what was written before an edit began, while one edits."""
        return self._kept_draft if self._edit is not None else self.field.text

    @property
    def begun(self) -> Begun | None:
        """What would be lost if another conversation came; None: nothing."""
        if not (self.attached.files or self._reply or self._edit):
            return None
        text = self.field.text if self._edit is not None else ""
        return Begun(tuple(self.attached.files), self._reply, self._reply_name, self._edit, text)

    def go_on(self, begun: Begun) -> None:
        """What was begun here before another conversation came; after `begin`."""
        self.attached.set_files(begun.files)
        self._reply, self._reply_name, self._edit = begun.reply, begun.reply_name, begun.edit
        if begun.edit is not None:
            self._kept_draft = self.field.text
            self._put(begun.text)
        self._show_strip()

    @property
    def concerned(self) -> list[Row]:
        """The message that is being answered or edited."""
        return [row for row in (self._reply, self._edit) if row is not None]

    @property
    def editing(self) -> UUID | None:
        """The message that is being edited."""
        return self._edit.key if self._edit is not None else None

    def reply_to(self, row: Row, name: str) -> None:
        """The next message answers this one, by somebody of this name."""
        if self._edit is not None:
            self._stop()
        self._reply, self._reply_name = row, name
        self._show_strip()
        self.field.setFocus()

    def edit(self, row: Row, text: str | None = None) -> None:
        """Change this message's text; `text`: as it was changed before already."""
        if self._edit is None:
            self._kept_draft = self.field.text
        self._reply, self._edit = None, row
        self._put(row.message.text if text is None else text)
        self._show_strip()
        self.field.setFocus()

    def gone(self, key: UUID) -> None:
        """A message is no longer there: it is neither answered nor edited."""
        for row in (self._reply, self._edit):
            if row is not None and row.key == key:
                self._stop()

    def add_files(self, paths: Sequence[str]) -> None:
        """Attach files of this computer; those that cannot be are named."""
        for path in paths:
            try:
                self.attached.add(local_file(path))
            except Refused as refusal:
                self.notice.emit(f"{Path(path).name}: {error_sentence(refusal.code)}")
        self.field.setFocus()

    def submit(self) -> None:
        """Send what is here, if it may be sent."""
        self.field.finish_syllable()
        text = self.field.text.strip()
        if len(text) > limits.MESSAGE_LENGTH:
            self._tell_too_long()
            return
        if not (text or self.attached.files):
            return
        if self._edit is not None:
            key, again = self._edit.key, self._edit.state is Delivery.FAILED
            changed = text != self._edit.message.text
            self._stop()
            if text and (changed or again):
                self.edited.emit(key, text)
            return
        files, reply = self.attached.files, self._reply
        self._reply = None
        self.attached.set_files(())
        self._put("")
        self._show_strip()
        self.submitted.emit(text, files, reply.key if reply is not None else None)

    # --- what a person does ---

    def _escape(self) -> None:
        if self._edit is not None or self._reply is not None:
            self._stop()
        else:
            self.left.emit()

    def _stop(self) -> None:
        """End answering or editing; what was written before comes back."""
        was_edit = self._edit is not None
        self._reply = self._edit = None
        if was_edit:
            self._put(self._kept_draft)
            self._kept_draft = ""
        self._show_strip()

    def _tell_too_long(self) -> None:
        self.notice.emit(error_sentence(Code.TEXT_TOO_LONG))

    def _choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.add_files)
        dialog.open()

    def _add_picture(self, image: QImage) -> None:
        if self._outgoing is None:
            return
        try:
            self.add_files([kept_picture(image, self._outgoing)])
        except Refused as refusal:
            self.notice.emit(error_sentence(refusal.code))

    def _mark_focus(self, focused: bool) -> None:
        self.box.setProperty("focused", focused)
        self.box.style().polish(self.box)

    def _put(self, text: str) -> None:
        """Another text, of which nobody is to be told that it is typed."""
        self._filling = True
        self.field.set_text(text)
        self._filling = False
        self._was_empty = not text

    def _changed(self) -> None:
        empty = not self.field.text
        if not self._filling and self._edit is None and not (empty and self._was_empty):
            self.typing.emit(not empty)
        self._was_empty = empty
        self._weigh()

    def _weigh(self) -> None:
        """Whether it may be sent, and how much more fits."""
        length = len(self.field.text.strip())
        left = limits.MESSAGE_LENGTH - length
        self.counter.setVisible(length >= COUNT_FROM)
        self.counter.setText(str(left))
        role = "danger" if left < 0 else "small"
        if self.counter.property("role") != role:
            self.counter.setProperty("role", role)
            self.counter.style().polish(self.counter)
        self.counter.setAccessibleName(self.tr("%n characters left", "", left))
        ready = left >= 0 and bool(length or self.attached.files)
        self.send.setEnabled(ready)
        self.send.setIcon(self.look.icon("send", "link" if ready else "muted"))

    # --- how it looks ---

    def _show_strip(self) -> None:
        row = self._edit or self._reply
        self._strip.setVisible(row is not None)
        if row is None:
            return
        words = plain(read(row.message.text)) or ", ".join(file.name for file in row.message.attachments)
        if self._edit is not None:
            told = self.tr("Editing: {text}").format(text=words)
        else:
            told = self.tr("Answering {name}: {text}").format(name=self._reply_name, text=words)
        self.strip_words.setText(told)
        self.strip_words.setAccessibleName(told)
        self._strip_icon.setPixmap(
            self.look.icon("edit" if self._edit is not None else "reply", "link").pixmap(18, 18)
        )

    def _strip_part(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("composer-strip")
        row = QHBoxLayout(strip)
        row.setContentsMargins(theme.UNIT, 0, 0, theme.UNIT)
        row.setSpacing(2 * theme.UNIT)
        row.addWidget(self._strip_icon)
        row.addWidget(self.strip_words, 1)
        row.addWidget(self._strip_close)
        strip.hide()
        return strip

    def _lay_out(self) -> None:
        self.box.setObjectName("composer-box")
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(2 * theme.UNIT, theme.UNIT, theme.UNIT, theme.UNIT)
        inside.setSpacing(0)
        inside.addWidget(self._strip)
        inside.addWidget(self.attached)
        line = QHBoxLayout()
        line.setSpacing(theme.UNIT // 2)
        bottom = Qt.AlignmentFlag.AlignBottom
        line.addWidget(self.attach, 0, bottom)
        line.addWidget(self.field, 1, bottom)
        line.addWidget(self.counter, 0, bottom)
        line.addWidget(self.emoji, 0, bottom)
        line.addWidget(self.send, 0, bottom)
        inside.addLayout(line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * theme.UNIT, 0, 4 * theme.UNIT, 0)
        outer.addWidget(self.box)

    @override
    def retranslate(self) -> None:
        name = self._invitation()
        self.field.setPlaceholderText(name)
        self.field.setAccessibleName(name)
        for button, words in (
            (self.attach, self.tr("Attach files")),
            (self.emoji, self.tr("Insert an emoji")),
            (self.send, self.tr("Send")),
            (self._strip_close, self.tr("Cancel")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)

    @override
    def repaint_look(self) -> None:
        self.attach.setIcon(self.look.icon("attach"))
        self.emoji.setIcon(self.look.icon("smile"))
        self._strip_close.setIcon(self.look.icon("close"))
        colors = {
            name: self.look.color(name).name()
            for name in ("raised", "outline", "accent", "on_accent", "link")
        }
        self.box.setStyleSheet(_SHEET.format(**colors, radius=theme.RADIUS + theme.UNIT))
        self._weigh()


def _button() -> QToolButton:
    button = QToolButton()
    button.setIconSize(_ICON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
