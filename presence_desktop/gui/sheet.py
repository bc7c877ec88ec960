"""The style sheet: the visual language of `gui.theme` as Qt wants to read it.

Decides how standard widgets look. Widgets say what they are with two properties: `role` for text
(`small`, `strong`, `title`, `headline`, `muted`, `danger`) and `kind` for the rest (`primary`, `plain`, `card`, ...).
"""

from importlib.resources import files
from pathlib import Path

from presence_desktop.gui import theme

_TEXT = """
* {{ font-size: {body}pt; color: {text}; }}
QLabel {{ background: transparent; }}
QLabel[role="small"] {{ font-size: {small}pt; color: {muted}; }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="danger"] {{ color: {danger}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[role="headline"] {{ font-size: {headline}pt; font-weight: 600; }}
QLabel[role="emoji"] {{ font-size: {emoji}pt; }}
QLabel[role="link"] {{ color: {link}; }}
QLabel[kind="key"] {{
    font-size: {small}pt; background: {side}; border: 1px solid {line}; border-radius: {unit}px;
    padding: 1px {item}px;
}}
"""

_SURFACES = """
QMainWindow, QDialog, QWidget[kind="page"] {{ background: {page}; }}
QDialog {{ border: 1px solid {line}; }}
QWidget[kind="side"] {{ background: {side}; }}
QFrame[kind="line"] {{ background: {line}; border: none; }}
QFrame[kind="card"] {{ background: {raised}; border: 1px solid {line}; border-radius: {radius}px; }}
QFrame[kind="popup"] {{ background: {raised}; border: 1px solid {line}; border-radius: {radius}px; }}
QFrame[kind="strip"] {{ background: {notice_fill}; border: none; }}
QFrame[kind="strip"] QLabel {{ color: {notice}; }}
QFrame[kind="strip"][mood="caution"] {{ background: {caution_fill}; }}
QFrame[kind="strip"][mood="caution"] QLabel {{ color: {caution}; }}
QScrollArea, QScrollArea > QWidget > QWidget[kind="page"] {{ background: {page}; border: none; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {outline}; padding: {half}px {unit}px; }}
QSplitter::handle {{ background: {line}; }}
"""

_CONTROLS = """
QPushButton, QToolButton {{ outline: none; }}
QPushButton {{
    background: {raised}; border: 1px solid {outline}; border-radius: {radius}px;
    padding: {unit}px {wide}px; min-height: {control}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {selected}; }}
QPushButton:focus {{ border: 2px solid {link}; padding: {unit_less}px {wide_less}px; }}
QPushButton:disabled {{ color: {muted}; border-color: {line}; }}
QPushButton[kind="primary"] {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 600;
}}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {hover}; color: {muted}; border-color: {hover}; }}
QPushButton[kind="link"] {{
    background: transparent; border: 1px solid transparent; color: {link}; padding: {unit}px {unit}px;
}}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {link}; padding: {unit_less}px {unit_less}px; }}
QPushButton[kind="link"]:disabled {{ color: {muted}; }}
QPushButton[kind="choice"] {{
    background: {raised}; border: 1px solid {line}; border-radius: {round}px; padding: 0;
    text-align: left;
}}
QPushButton[kind="choice"]:hover {{ border-color: {link}; background: {hover}; }}
QPushButton[kind="choice"]:focus {{ border: 2px solid {link}; }}
QPushButton[kind="own"] {{
    background: transparent; border: 2px solid transparent; border-radius: {radius}px; padding: 0;
    text-align: left;
}}
QPushButton[kind="own"]:hover {{ background: {hover}; }}
QPushButton[kind="own"]:focus {{ border-color: {link}; }}
QToolButton {{
    background: transparent; border: 2px solid transparent; border-radius: {radius}px; padding: {half}px;
}}
QToolButton:focus {{ border-color: {link}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit[kind="field"], QComboBox, QDateTimeEdit {{
    background: {raised}; border: 1px solid {outline}; border-radius: {radius}px; padding: {half}px {unit_two}px;
    min-height: {field}px;
    selection-background-color: {accent}; selection-color: {on_accent}; placeholder-text-color: {muted};
}}
QLineEdit:focus, QPlainTextEdit[kind="field"]:focus, QComboBox:focus, QDateTimeEdit:focus {{
    border: 2px solid {link}; padding: {half_less}px {unit_two_less}px;
}}
QTimeEdit:disabled {{ color: {muted}; border-color: {line}; }}
QTimeEdit::up-button, QTimeEdit::down-button {{ width: 0; border: none; subcontrol-origin: border; }}
QTimeEdit QLineEdit, QTimeEdit QLineEdit:focus {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border-color: {danger}; }}
QLineEdit:read-only {{ background: {side}; }}
QComboBox QAbstractItemView {{
    background: {raised}; border: 1px solid {line}; selection-background-color: {selected};
    selection-color: {text};
}}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: {wide_two}px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{
    image: url({icons}/combo-arrow.svg); width: {wide}px; height: {wide}px;
}}
QPushButton[kind="emoji"] {{
    background: transparent; border: 2px solid transparent; font-size: {title}pt;
    padding: {half}px; min-height: {control}px;
}}
QPushButton[kind="emoji"]:hover {{ background: {hover}; }}
QPushButton[kind="emoji"]:focus {{ border-color: {link}; padding: {half}px; }}
QToolButton[kind="emoji-tab"] {{ font-size: {title}pt; padding: 0; }}
QToolButton[kind="chip"] {{
    background: {hover}; border: 2px solid transparent; border-radius: {round}px; padding: 0 {unit_two}px;
}}
QToolButton[kind="chip"]:hover {{ background: {selected}; }}
QToolButton[kind="chip"]:focus {{ border-color: {link}; }}
QCheckBox, QRadioButton {{ spacing: {unit_two}px; padding: {half}px 0; outline: none; }}
QCheckBox[kind="bare"] {{ spacing: 0; }}
QCheckBox::indicator {{
    width: {box}px; height: {box}px; border: 1px solid {outline}; border-radius: {unit}px; background: {raised};
}}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url({icons}/tick.svg);
}}
QCheckBox::indicator:focus {{ width: {box_less}px; height: {box_less}px; border: 2px solid {link}; }}
QCheckBox::indicator:checked:focus {{ border-color: {text}; }}
QRadioButton::indicator {{
    width: {dot}px; height: {dot}px; border: 1px solid {outline}; border-radius: {dot_round}px; background: {raised};
}}
QRadioButton::indicator:checked {{
    width: {dot_checked}px; height: {dot_checked}px; border: {dot_rim}px solid {accent};
}}
QRadioButton::indicator:focus {{ width: {dot_less}px; height: {dot_less}px; border: 2px solid {link}; }}
QRadioButton::indicator:checked:focus {{
    width: {dot_checked}px; height: {dot_checked}px; border: {dot_rim}px solid {text};
}}
QProgressBar {{ background: {line}; border: none; border-radius: {half}px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: {half}px; }}
QSlider::groove:horizontal {{ height: {unit}px; background: {line}; border-radius: {half}px; }}
QSlider::handle:horizontal {{
    width: {wide}px; margin: -{item}px 0; border-radius: {radius}px; background: {accent};
}}
QSlider:focus {{ outline: none; }}
QSlider::handle:horizontal:focus {{ background: {text}; }}
"""

_LISTS = """
QFrame#drop-mark {{ background: {link}; border: none; }}
QTableView[kind="raised"] {{ background: {raised}; }}
QTableView[kind="page"] {{ background: {page}; }}
QListWidget[kind="page"] {{ background: {page}; border: none; outline: 0; }}
QTableView {{ background: {side}; border: none; outline: 0; selection-background-color: transparent; }}
QTableView::item, QTableView::item:selected, QTableView::item:hover {{
    background: transparent; border: none;
}}
QMenu {{ background: {raised}; border: 1px solid {line}; border-radius: {unit}px; padding: {unit}px; }}
QMenu::item {{ padding: {item}px {wide_two}px {item}px {unit_two}px; border-radius: {unit}px; }}
QMenu::icon {{ padding-left: {unit_two}px; }}
QMenu::item:selected {{ background: {hover}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {unit}px {unit_two}px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar::handle:vertical {{ background: {scroll}; border-radius: 3px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {outline}; }}
QScrollBar::handle:vertical:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def sheet(palette: theme.Palette, body_point: float) -> str:
    """The application's style sheet for a palette and the system font's size in points."""
    unit = theme.UNIT
    sizes = {role: f"{body_point * scale:.2f}" for role, scale in theme.TEXT_SCALE.items()}
    control = round(body_point * 2)
    return (_TEXT + _SURFACES + _CONTROLS + _LISTS).format(
        **theme.colors(palette),
        **sizes,
        unit=unit,
        unit_less=unit - 1,
        unit_two=2 * unit,
        unit_two_less=2 * unit - 1,
        half=unit // 2,
        half_less=unit // 2 - 1,
        item=round(1.5 * unit),
        wide=4 * unit,
        wide_less=4 * unit - 1,
        radius=theme.RADIUS,
        round=theme.RADIUS + unit,
        wide_two=8 * unit,
        box=round(4.5 * unit),
        box_less=round(4.5 * unit) - 2,
        dot=4 * unit,
        dot_less=4 * unit - 2,
        dot_round=2 * unit + 1,
        dot_rim=unit + 1,
        dot_checked=2 * unit,
        icons=Path(str(files("presence_desktop") / "resources" / "icons")).as_posix(),
        control=control,
        field=round(control * 1.2),
    )
