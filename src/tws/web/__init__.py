"""The wall to people and programs: HTTP, the live stream, the pages."""
