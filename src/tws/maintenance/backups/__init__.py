"""Backups of the whole installation, and putting one back."""
