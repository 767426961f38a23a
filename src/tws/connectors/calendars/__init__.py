"""What connectors of calendars share, and calendars that are published as files."""
