"""What the host takes to its accounts. Read only: files are made from what is stored, never stored."""
