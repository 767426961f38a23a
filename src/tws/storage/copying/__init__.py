"""The whole database as rows that are the same whichever database they come from, and back."""
