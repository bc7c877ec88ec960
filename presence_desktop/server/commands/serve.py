"""`presence-server serve`, and `darkroom` and `certificate`, which a server starts for itself."""

import argparse
import os
import signal
import sys
import threading

from presence_desktop.server.commands.options import Commands, config

DARKROOM_BYTES = 2_000_000_000
"""Memory that decoding pictures may take."""


def add(commands: Commands, folder: argparse.ArgumentParser) -> None:
    """The words of these commands."""
    serve = commands.add_parser("serve", parents=[folder], help="serve until SIGTERM or SIGINT")
    serve.add_argument("--host", help="the address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="the port to listen on (3001; 0: a free one)")
    serve.add_argument("--log-format", choices=("text", "json"), help="the shape of the log's lines (text)")
    serve.add_argument("--exit-with-parent", action="store_true", help="stop when standard input closes")
    serve.set_defaults(command=_serve)
    commands.add_parser("darkroom").set_defaults(command=_darkroom)
    commands.add_parser("certificate", parents=[folder]).set_defaults(command=_certificate)


def _serve(options: argparse.Namespace) -> int:
    from presence_desktop import lean

    lean.open_socketio()
    lean.load_without("jwt", "cryptography")  # for algorithms that are not used here
    lean.give_back_large_blocks()
    from presence_desktop.server import main as server

    if options.exit_with_parent:
        threading.Thread(target=_stop_at_end_of_input, name="parent", daemon=True).start()
    return server.serve(config(options, host=options.host, port=options.port, log_format=options.log_format))


def _stop_at_end_of_input() -> None:
    """Stop as by SIGTERM when standard input closes: whoever started us has ended, however that happened."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def _darkroom(_options: argparse.Namespace) -> int:
    """What the server starts for itself to decode pictures: at low priority, with bounded memory."""
    from presence_desktop.server.services.files import darkroom_work

    if sys.platform != "win32":
        import resource

        os.nice(5)
        resource.setrlimit(resource.RLIMIT_AS, (DARKROOM_BYTES, DARKROOM_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    darkroom_work.work(sys.stdin.buffer, sys.stdout.buffer)
    return 0


def _certificate(options: argparse.Namespace) -> int:
    """What a server starts for itself when it has no certificate yet."""
    from presence_desktop.server import tls_side
    from presence_desktop.server.clock import SystemClock

    tls_side.of(config(options), SystemClock())
    return 0
