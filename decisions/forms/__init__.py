"""Forms of votes: they clean text and offer choices; services decide."""
