"""What the pages of pay read, each with its cost in queries."""
