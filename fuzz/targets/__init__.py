"""What is fuzzed, a file for each family of parsers."""
