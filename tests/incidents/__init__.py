"""The incident journal."""
