"""The yearly open file: `fields` says what each column is, `files` writes the bytes. Pure."""
