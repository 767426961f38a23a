"""Engines: bytes <-> messages <-> state. No I/O, no clock, no event loop."""
