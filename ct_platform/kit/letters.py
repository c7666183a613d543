"""The letters of a text file somebody saved: UTF-8, else the old Windows ones. Pure."""

# Order matters: a mark is proof, UTF-8 hardly ever fits by chance, Windows letters fit nearly anything.
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(content: bytes) -> str:
    """The text of a file. Raises ValueError when it is not text at all."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding)
    if b"\0" in content:
        raise ValueError("not a text file")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
