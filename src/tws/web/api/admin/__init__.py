"""Administration: companies and domains, people, links. For administrators only."""
