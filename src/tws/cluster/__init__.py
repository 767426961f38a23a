"""Several machines that are one server: who does what, and how they hear of each other."""
