"""Conversations: what people write, read and do in rooms, stored before it is told."""
