"""What people's calendars say: read source by source, kept, shown to those who may know."""
