"""Emoji to choose from: the book of all of them with its search, and the picker."""
