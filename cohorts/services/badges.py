"""Open Badges 3.0: the skills of an attestation as a credential that machines verify by themselves.

The credential is signed when the paper is issued and photographed with it: drawing the paper again
needs no key. It names nobody: it is tied to the paper by the address of its public check page, and
the holder alone hands it over. Source: Open Badges Specification 3.0, §8.2 (VC-JWT); W3C did:web.
"""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _
from openbadgeslib.ob3 import (
    Achievement,
    Evidence,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    Result,
    ResultDescription,
)


def can_sign() -> bool:
    """Whether this site has a key; without one, attestations are given without their badge."""
    return bool(settings.BADGE_KEY)


def issuer_did(organisation_id: int) -> str:
    """The issuer's identifier: did:web, whose document this site serves beside its public pages."""
    host = urlsplit(settings.PUBLIC_ORIGIN).netloc.replace(":", "%3A")
    return f"did:web:{host}:badges:{organisation_id}"


def did_document(organisation_id: int) -> dict[str, Any]:
    """What did:web resolves to: the public key, for whoever verifies a badge of this issuer."""
    did = issuer_did(organisation_id)
    raw = (
        _key().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    )
    key = {
        "id": f"{did}#badges",
        "type": "JsonWebKey",
        "controller": did,
        "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": _base64url(raw)},
    }
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did,
        "verificationMethod": [key],
        "assertionMethod": [key["id"]],
    }


def public_key_pem() -> bytes:
    return (
        _key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def sign_badge(
    *,
    snapshot: Mapping[str, Any],
    host_id: int,
    key: str,
    status: dict[str, Any] | None = None,
    at: dt.datetime,
) -> str:
    """Sign the skills of a snapshot (cohorts.papers.skills) as a compact VC-JWT. `key` names it, once.

    `status`: where whoever verifies it learns whether it still stands (services.badge_status).
    """
    did = issuer_did(host_id)
    described = [
        ResultDescription(
            id=_urn(key, f"skill-{number}"),
            name=row["title"],
            result_type="ext:NiveauConfirme",
            allowed_values=list(snapshot["levels"]),
        )
        for number, row in enumerate(snapshot["skills"], start=1)
    ]
    achievement = Achievement(
        id=_urn(key, "achievement"),
        name=_("Compétences exercées dans « %(cohort)s »") % {"cohort": snapshot["cohort"]},
        description=_(
            "Compétences exercées dans la coopérative de territoire « %(cohort)s », hébergée par "
            "%(host)s."
        )
        % {"cohort": snapshot["cohort"], "host": snapshot["host"]["name"]},
        criteria_narrative=snapshot["how"],
        achievement_type="Competency",
        result_descriptions=described,
    )
    credential = OpenBadgeCredential(
        issuer=Issuer(id=did, name=snapshot["host"]["name"], url=settings.PUBLIC_ORIGIN),
        recipient_id=_urn(key, "holder"),
        achievement=achievement,
        id=_urn(key, "badge"),
        issuance_date=at,
        evidence=[
            Evidence(name=row["title"], narrative="\n".join(row["evidence"]))
            for row in snapshot["skills"]
        ],
        results=[
            Result(value=row["level"], result_description=one.id)
            for row, one in zip(snapshot["skills"], described, strict=True)
        ],
        credential_status=[status] if status else [],
    )
    return OB3Signer(private_pem(), algorithm="EdDSA").sign(credential)


def badge_file(token: str) -> bytes:
    """The credential file: the signed token as Open Badges 3.0 exchanges it (a .jwt is plain text)."""
    return token.encode()


def readable(token: str) -> dict[str, Any]:
    """The claims of a token of ours, unverified: for pages and tests."""
    payload = token.split(".")[1]
    found: dict[str, Any] = json.loads(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    )
    return found


@lru_cache(maxsize=4)
def _key_of(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))


def _key() -> Ed25519PrivateKey:
    return _key_of(settings.BADGE_KEY)


def private_pem() -> bytes:
    """The key that signs badges and their status lists: it never leaves this process."""
    return _key().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _urn(key: str, what: str) -> str:
    """A name that is the same each time and leads nowhere: it must not follow the holder around."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{settings.PUBLIC_ORIGIN}/{key}/{what}')}"


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
