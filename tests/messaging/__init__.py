"""Tests of the messages between colleagues."""
