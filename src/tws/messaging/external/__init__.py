"""People outside: a user's own account with another network, whom he knows there, and the messages
that come and go by it."""
