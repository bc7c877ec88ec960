"""What the app says of the server on this computer: its state, and what went wrong, as sentences."""

from PySide6.QtCore import QCoreApplication

from presence_desktop.core.hosting import HostReport, HostState, HostTrouble

_tr = QCoreApplication.translate


def state_word(state: HostState) -> str:
    """Where the server stands."""
    return {
        HostState.STOPPED: _tr("host_words", "The server is stopped"),
        HostState.STARTING: _tr("host_words", "The server is starting…"),
        HostState.RUNNING: _tr("host_words", "The server is running"),
        HostState.RESTARTING: _tr("host_words", "The server is about to start again"),
        HostState.FAILED: _tr("host_words", "The server is not running"),
    }[state]


def trouble_sentence(report: HostReport) -> str:
    """What went wrong and what to do about it; empty when nothing did."""
    if report.trouble is None:
        return ""
    sentence = {
        HostTrouble.PORT_BUSY: _tr(
            "host_words",
            "Another program uses this server's port ({port}) now. End that program, then start the server again.",
        ).format(port=report.detail),
        HostTrouble.NO_PORT: _tr("host_words", "No free port was found on this computer."),
        HostTrouble.FOLDER: _tr(
            "host_words",
            "The server's folder cannot be written. Check that the disk has room and is not locked.",
        ),
        HostTrouble.IN_USE: _tr(
            "host_words", "This server already runs, started by another window or another user. Use that one."
        ),
        HostTrouble.NEWER_DATA: _tr(
            "host_words", "The server's data were written by a newer version of this app. Update the app."
        ),
        HostTrouble.ACCOUNT: _tr("host_words", "The owner's account could not be made."),
        HostTrouble.ENDED: _tr("host_words", "The server ended by itself."),
        HostTrouble.KILLED: _tr("host_words", "The server was ended by the system or by another program."),
        HostTrouble.GAVE_UP: _tr(
            "host_words",
            "The server ended again and again, so it is not started any more. The log below says more; start it "
            "again when the cause is gone.",
        ),
    }[report.trouble]
    if report.state is HostState.RESTARTING:
        seconds = -(-report.wait_ms // 1000)
        again = _tr("host_words", "It starts again in %n s.", "", seconds)
        sentence = f"{sentence} {again}"
    if report.trouble is HostTrouble.PORT_BUSY or not report.detail:
        return sentence
    return f"{sentence}\n{report.detail}"


def stays_sentence(way: str) -> str:
    """What becomes of the server when the window is closed: `tray`, `minimise` or `end`; empty: nothing is said."""
    return {
        "tray": _tr(
            "host_words", "When the window is closed the server goes on, and the app waits in the tray."
        ),
        "minimise": _tr("host_words", "When the window is closed it is minimised, and the server goes on."),
        "end": _tr("host_words", "When the window is closed the app ends, and the server with it."),
    }.get(way, "")
