"""Where the server keeps things: live presence in memory, durable data in SQL."""
