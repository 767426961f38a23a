"""Servers of WebDAV: address books (CardDAV), calendars (CalDAV)."""
