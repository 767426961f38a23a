"""Tests of the room `queues`."""
