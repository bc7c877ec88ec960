"""What several servers share through Redis: the link, its messages, and the pictures kept there."""
