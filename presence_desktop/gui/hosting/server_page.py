"""Looking after a server that runs elsewhere: what its owner and its admins do, without the program itself.

Decides nothing more than where it stands.
"""

from typing_extensions import override

from presence_desktop.gui.hosting.office import Office
from presence_desktop.gui.hosting.panel import ServerPanel
from presence_desktop.gui.look import Look
from presence_desktop.gui.panel import ColumnPage


class ServerPage(ColumnPage):
    """One per window; shows the server of the account in view."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._place = ""
        self.server = ServerPanel(look)
        self.column.addWidget(self.server)
        self.start_at_top()
        self.retranslate()
        self.repaint_look()

    def attend(self, office: Office | None) -> None:
        """The account that looks after its server."""
        self._place = "" if office is None else office.client.server
        self.server.attend(office)
        self.server.show_place((self._place,) if self._place else (), None)
        self.retranslate()

    def focus(self) -> None:
        """Put the keyboard on what there is to do."""
        self.server.invites.make.setFocus()

    @override
    def retranslate(self) -> None:
        super().retranslate()
        self.headline.setText(self.tr("Look after the server"))
        self.lead.setText(self._place)
        self.lead.setVisible(bool(self._place))
