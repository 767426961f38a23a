"""What an integrator does with the French guide in one hand, chapter by chapter."""
