"""Availability: what people's calendars say of them."""
