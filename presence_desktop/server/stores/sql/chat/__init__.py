"""Conversations in SQL: their tables, what is written in one transaction, what is read, counted and found."""
