"""What is told users by e-mail: calls that nobody answered, and voice messages (9.1.5)."""
