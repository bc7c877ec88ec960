"""The operating system: idle time, power, notifications, tray, autostart, the server as a child process."""
