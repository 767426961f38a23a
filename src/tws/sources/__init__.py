"""What sources of foreign data share: why one cannot be read, and the process that reads it."""
