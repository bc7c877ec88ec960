"""The client's half of conversations: what is known of them, the open one's window, the outbox, catching up."""
