"""Shared call queues (9.2.2): who waits, who answers whom, who is free, and who gave up."""
