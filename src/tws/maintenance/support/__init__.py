"""The support bundle: one archive of what somebody needs who is asked for help."""
