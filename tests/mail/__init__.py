"""E-mails that TWS sends."""
