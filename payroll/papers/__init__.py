"""The papers of pay: what each photographs at issue, and what its template and the world read of it."""
