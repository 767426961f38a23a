"""The wall to the PBXs: one dialect a file; this is the register."""
