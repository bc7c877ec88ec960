"""The port: listening, encryption, and what holds for every HTTP request before anybody asks what it wants."""
