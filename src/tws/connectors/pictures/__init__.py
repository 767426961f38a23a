"""Photos of contacts: had from their addresses, and made small."""
