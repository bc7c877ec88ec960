"""A conversation on the screen: its rows as painted text, the composer under them, the header above."""
