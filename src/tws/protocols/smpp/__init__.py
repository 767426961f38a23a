"""SMPP 3.4 (SMPP Developers Forum, 12-Oct-1999, issue 1.2), as a client speaks it to a message
centre: bytes <-> messages, no I/O."""
