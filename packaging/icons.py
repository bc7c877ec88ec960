"""Draws the app's icon in the sizes and formats of each system, from the one SVG: `python packaging/icons.py DIR`.

DIR/hicolor/ holds what Linux wants (PNGs and the SVG), DIR/presence-desktop.ico and .icns the other two.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SVG = ROOT / "presence_desktop" / "resources" / "icons" / "app.svg"
NAME = "presence-desktop"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
LARGEST = 1024


def main(place: Path) -> None:
    """Draw all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([NAME])
    for size in SIZES:
        draw(size, place / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png")
    scalable = place / "hicolor" / "scalable" / "apps" / f"{NAME}.svg"
    scalable.parent.mkdir(parents=True, exist_ok=True)
    scalable.write_bytes(SVG.read_bytes())
    largest = place / f"{LARGEST}.png"
    draw(LARGEST, largest)
    _pack(largest, place)
    del app


def draw(size: int, path: Path) -> None:
    """One PNG."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SVG)).render(painter)
    painter.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not image.save(str(path)):
        sys.exit(f"{path} cannot be written.")


def _pack(largest: Path, place: Path) -> None:
    from PIL import Image

    with Image.open(largest) as drawn:
        drawn.save(place / f"{NAME}.ico", sizes=[(size, size) for size in ICO_SIZES])
        drawn.save(place / f"{NAME}.icns")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
