"""Memory: one row for each leg of each call, whatever is replayed; notes, and what is new."""
