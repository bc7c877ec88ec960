"""A child process that says what it does line by line, and that never outlives this one.

Decides how it is started, heard and ended. Its standard input stays open for as long as this process lives: a child
that watches it (`server serve --exit-with-parent`) ends when it closes, however this process ended.
"""

from collections import deque

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from presence_desktop.desktop.own_program import own_program

STOP_MS = 6000
"""How long a child may take to end by itself."""
_KEPT_LINES = 50


class Child(QObject):
    """One run of this program with other words."""

    said = Signal(str)
    """A line of its output."""
    ended = Signal(object, int)
    """This child, and its exit status; -1 if it was killed or never began.

    Connect methods, not lambdas that hold the listener: a child that is deleted must not take its owner along.
    """

    def __init__(self, parent: QObject, *words: str, variables: dict[str, str] | None = None) -> None:
        super().__init__(parent)
        self._words, self._rest = words, b""
        self.last_lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        environment.insert("PYTHONUTF8", "1")
        for name, value in (variables or {}).items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.readyRead.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)
        self._kill = QTimer(self)
        self._kill.setSingleShot(True)
        self._kill.setInterval(STOP_MS)
        self._kill.timeout.connect(self._process.kill)

    @property
    def running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process.state() is not QProcess.ProcessState.NotRunning

    @property
    def pid(self) -> int:
        """Its process id; 0 when it does not run."""
        return self._process.processId()

    def start(self, first_line: str | None = None) -> None:
        """Begin; `first_line` is written to its standard input, which then closes."""
        program, arguments = own_program(*self._words)
        self._process.start(program, arguments)
        if first_line is not None:
            self._process.write(f"{first_line}\n".encode())
            self._process.closeWriteChannel()

    def stop(self) -> None:
        """Ask it to end; it is killed if it takes too long. Returns at once."""
        if self.running:
            self._process.closeWriteChannel()
            self._process.terminate()
            self._kill.start()

    def stop_and_wait(self) -> None:
        """End it now; takes at most `STOP_MS` and a moment. For the end of the app."""
        self.stop()
        if self.running and not self._process.waitForFinished(STOP_MS):
            self._process.kill()
            self._process.waitForFinished(STOP_MS)
        self._kill.stop()

    def _read(self) -> None:
        self._rest += self._process.readAll().data()
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            self._say(line)

    def _say(self, line: bytes) -> None:
        text = line.decode("utf-8", errors="replace").rstrip()
        if text:
            self.last_lines.append(text)
            self.said.emit(text)

    def _finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._kill.stop()
        self._read()
        self._say(self._rest)
        self._rest = b""
        self.ended.emit(self, status if how is QProcess.ExitStatus.NormalExit else -1)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit(self, -1)
