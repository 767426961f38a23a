"""Google Workspace: contacts and calendars."""
