"""Which files are taken as the scan of a signed sheet. What a file begins with decides. Pure."""

from ct_platform.kit.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
_MAGIC = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
MIMES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}


def suffix_of(content: bytes) -> str:
    """Which of "pdf", "png", "jpg" the content is.

    Raises Refused (field "scan") for anything else, for nothing, and above 5 MB (5 × 1024 × 1024).
    """
    if len(content) > MOST_BYTES:
        raise Refused("Le fichier dépasse 5 Mo.", field="scan")
    for magic, suffix in _MAGIC:
        if content.startswith(magic):
            return suffix
    raise Refused("Ce fichier n’est ni un PDF, ni une photo PNG ou JPEG.", field="scan")
