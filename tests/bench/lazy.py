"""Clients that sign in and then read nothing any more, until their input ends.

python -m tests.bench.lazy PORT TOKEN...
"""

import os
import socket
import sys
from base64 import b64encode


def _frame(text: str) -> bytes:
    payload, mask = text.encode(), os.urandom(4)
    size = bytes([0x80 | 126]) + len(payload).to_bytes(2, "big")
    return b"\x81" + size + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def join(port: int, token: str) -> socket.socket:
    """Sign in, as far as being let in."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    client.connect(("127.0.0.1", port))
    key = b64encode(os.urandom(16)).decode()
    client.sendall(
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\n"
        f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
    )
    _read_until(client, b'"maxPayload"')
    client.sendall(_frame(f'40{{"token":"{token}"}}'))
    _read_until(client, b'"connected"')
    return client


def _read_until(client: socket.socket, mark: bytes) -> None:
    heard = b""
    while mark not in heard:
        more = client.recv(65536)
        if not more:
            raise ConnectionError(heard[-200:])
        heard += more


def main() -> None:
    """Join, say so, and wait."""
    port, tokens = int(sys.argv[1]), sys.argv[2:]
    clients = [join(port, token) for token in tokens]
    print(f"{len(clients)} read nothing any more", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
