"""May they: passwords, sessions, API keys, authorisations; the only maker of Actors."""
