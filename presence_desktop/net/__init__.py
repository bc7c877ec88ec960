"""The client's link to a server: Socket.IO and REST; the only client room with sockets."""

from presence_desktop import lean

lean.open_socketio()
lean.load_without("requests", "charset_normalizer")
