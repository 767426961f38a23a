"""Exchange on premises: contacts and calendars by Web Services (EWS)."""
