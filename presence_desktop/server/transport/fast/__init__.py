"""The fast transport: websockets of our own, messages handled where they arrive, one write per socket and tick."""
