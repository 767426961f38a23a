"""Availability: what people say of themselves, their telephones, their calendars; as one."""
