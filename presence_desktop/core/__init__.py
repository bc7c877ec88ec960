"""The client's mind: pure rules on one thread, told the time, reaching out through ports only."""
