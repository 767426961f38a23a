"""What people and programs are shown, as values: on the live stream and in answers alike."""
