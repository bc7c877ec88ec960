"""The client's link to a server: Socket.IO and REST; the only client room with sockets."""

from presence_desktop.net import lean

lean.load()
