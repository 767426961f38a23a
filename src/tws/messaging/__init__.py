"""What people write to each other. Whoever a message comes from, or goes to, is a *party*."""
