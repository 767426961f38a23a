"""Office 365: contacts and calendars through Microsoft Graph."""
