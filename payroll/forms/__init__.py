"""Forms of pay: they clean text and offer choices; the services decide."""
