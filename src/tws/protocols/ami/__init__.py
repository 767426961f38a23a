"""Asterisk Manager Interface: bytes <-> messages <-> logged-in session. No I/O, no clock."""
