"""What users choose for themselves in the Caller, in whichever browser they sign in (9.1)."""
