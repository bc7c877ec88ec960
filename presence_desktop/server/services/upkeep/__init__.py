"""What keeps a server in good order, for those who look after it: how it stands, its name, its backups."""
