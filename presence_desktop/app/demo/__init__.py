"""*Try it with simulated colleagues*: a temporary server and a team of real clients in one child process."""
