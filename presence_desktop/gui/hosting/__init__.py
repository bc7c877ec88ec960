"""The server on this computer, and looking after a server wherever it runs: its page and the cards on it."""
