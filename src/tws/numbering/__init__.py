"""Numbers: comparing, cleaning and displaying them (pure)."""
