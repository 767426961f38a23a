"""Traces of what PBXs and TWS say to each other (10.6): kept, read, and replayed."""
