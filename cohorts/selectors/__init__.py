"""What pages about cohorts read, each with its cost."""
