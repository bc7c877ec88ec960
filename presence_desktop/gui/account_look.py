"""The look as the parts of one account have it: whose pictures are shown is the account's, everything else the app's.

Two servers give their people the same numbers, so pictures cannot be asked for by the number alone.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from typing_extensions import override

from presence_desktop.gui.faces import Faces
from presence_desktop.gui.look import Look
from presence_desktop.gui.theme import Scheme


class AccountLook(Look):
    """Follows the app's `Look`; colours and fonts are always the same as there."""

    def __init__(self, look: Look, path_of: Callable[[int], str | None]) -> None:
        """`path_of` tells where somebody's picture is on this computer."""
        QObject.__init__(self, look)
        self._of = look
        self._body, self.palette = look._body, look.palette
        self.faces = Faces()
        self.faces.attach(path_of)
        look.changed.connect(self._follow)

    @property
    @override
    def scheme(self) -> Scheme:
        return self._of.scheme

    @override
    def set_scheme(self, scheme: Scheme) -> None:
        self._of.set_scheme(scheme)

    def _follow(self) -> None:
        self._body, self.palette = self._of._body, self._of.palette
        self.changed.emit()
