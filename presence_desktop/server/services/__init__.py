"""What the server does: load, decide, save, publish, through ports."""
