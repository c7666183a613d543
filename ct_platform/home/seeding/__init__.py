"""The rooms of `home.seed`: each writes what one app keeps of a synthetic cohort."""
