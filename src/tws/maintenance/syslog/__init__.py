"""What this server logs, sent to a collector (10.6)."""
