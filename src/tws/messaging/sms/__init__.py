"""Text messages to telephones outside, by the provider of a domain (9.1.8, 9.1.9)."""
