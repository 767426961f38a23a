"""Who comes: passwords, sessions, API keys; the only maker of Actors."""
