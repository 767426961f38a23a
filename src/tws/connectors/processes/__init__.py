"""Processes of their own for foreign code, which nothing outlives: the one that reads, and what it
tells the one that asked."""
