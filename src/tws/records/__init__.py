"""Rows that people change: each change in one transaction with its line in the audit log, and
published after the commit. For every room that has such rows."""
