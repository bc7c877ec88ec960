"""How the server is reached: REST and Socket.IO in one ASGI application; no rules."""
