"""Tests of the room `presence`."""
