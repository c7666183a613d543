"""What a cohort sold, bought and worked, as files: each reads the rows that the pot counts."""
