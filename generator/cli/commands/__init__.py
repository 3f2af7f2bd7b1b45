"""One module a command; each holds the click command `command`."""
