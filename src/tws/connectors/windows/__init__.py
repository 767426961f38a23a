"""The Windows session: who has signed in to a domain shows a ticket of it (RFC 4559)."""
