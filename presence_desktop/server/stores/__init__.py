"""Where the server keeps things: durable data in SQL, bytes in folders, what several servers share in Redis."""
