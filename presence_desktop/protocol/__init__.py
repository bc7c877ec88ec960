"""The words both sides use: statuses, events, REST bodies, error codes, limits; no I/O."""
