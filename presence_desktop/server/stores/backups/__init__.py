"""Backups: one file with all of a data folder, made while a server runs, verified before anything is restored."""
