"""The incident journal: what went wrong, from when to when, and who knows of it."""
