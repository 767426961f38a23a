"""Message centres that speak SMPP 3.4."""
