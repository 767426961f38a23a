"""The configuration of a company or a domain as a file: taken from one, made in another."""
