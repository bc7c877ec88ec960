"""The server's rules, pure: plain data in, decisions out; imports the protocol only."""
