"""What connectors over HTTP share: one client, its settings, ways of signing in, words for
failures, and fields of JSON."""
