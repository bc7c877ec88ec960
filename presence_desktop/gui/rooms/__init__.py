"""Conversations in the list, and the dialogs of rooms: making, browsing, inviting, members, details."""
