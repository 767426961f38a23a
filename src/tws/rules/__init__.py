"""Rules by which people's calls are forwarded, written into the PBX and read back (9.6)."""
