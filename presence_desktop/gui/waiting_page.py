"""A page for the seconds in which the demo is prepared: a calm sentence and a bar that moves."""

from PySide6.QtWidgets import QProgressBar
from typing_extensions import override

from presence_desktop.gui import theme
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage


class WaitingPage(ColumnPage):
    """Says what is going on."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.back_button.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme.UNIT)
        self.column.addWidget(self.bar)
        self.retranslate()
        self.repaint_look()

    @override
    def repaint_look(self) -> None:
        """Whoever asked for no motion reads the sentence alone."""
        super().repaint_look()
        if hasattr(self, "bar"):
            self.bar.setVisible(not self.look.calm)

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("One moment…"))
        self.lead.setText(self.tr("A server starts, and your simulated colleagues come in."))
