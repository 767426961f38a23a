"""One thin file for each room: parse, call the service, answer."""
