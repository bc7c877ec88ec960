"""What the client keeps: settings, history and outbox, secrets; the only client room that writes files."""
