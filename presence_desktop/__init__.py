"""Presence Desktop: a team messenger whose dots tell the truth, with the server it runs on."""

__version__ = "0.1.0"
