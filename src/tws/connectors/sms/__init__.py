"""Gateways of text messages, one kind a file; what those over HTTP share is in `outbound`."""
