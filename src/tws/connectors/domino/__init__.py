"""HCL Domino: its LDAP and REST directories, its users' calendars."""
