"""Contacts: the TWS directories, search, and the reverse lookup from a number to a name."""
