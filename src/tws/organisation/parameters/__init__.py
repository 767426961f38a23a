"""Parameters of applications (9): what one is, which there are, and what each is for somebody."""
