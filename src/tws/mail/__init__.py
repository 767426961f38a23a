"""E-mails that TWS sends: a queue that outlives a restart, and the server of each company."""
