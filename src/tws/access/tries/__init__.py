"""How often passwords are tried, and who has to wait: at all nodes of a server together."""
