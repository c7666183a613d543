"""Which files are taken as a proof: scans and photographs of papers. Pure."""

from ct_platform.kit.errors import Refused

MOST_BYTES = 5 * 1024 * 1024
# What a file begins with decides; its name and the type a browser announces prove nothing.
_MAGIC = (
    (b"%PDF-", "pdf", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
)
TYPES = {suffix: mime for _magic, suffix, mime in _MAGIC}


def suffix_of(content: bytes, field: str = "scan") -> str:
    """Which of "pdf", "png", "jpg" a content is. Raises Refused, beside `field`, for anything else.

    Also when it is above 5 MB (5 × 1024 × 1024 bytes).
    """
    if len(content) > MOST_BYTES:
        raise Refused("Le fichier dépasse 5 Mo.", field=field)
    for magic, suffix, _mime in _MAGIC:
        if content.startswith(magic):
            return suffix
    raise Refused("Ce fichier n’est ni un PDF, ni une image PNG ou JPEG.", field=field)
