"""The issuers' and the clients' RSA keys: made at the first start, mode 0600, kept from then on."""

import json
import secrets
from pathlib import Path
from typing import Any

from joserfc.jwk import RSAKey

from deploy.local.secret_files import write_private

ALGORITHM = "RS256"
Members = dict[str, Any]


def kept_key(path: Path, *, client_id: str | None = None) -> RSAKey:
    """The private key in that file, made if it is not there."""
    return RSAKey.import_key(_kept(path, client_id))


def kept_public_key(path: Path, *, client_id: str | None = None) -> RSAKey:
    """The public half of the same: `n`, `e`, `kid`, `use` and `alg`."""
    return _public(_kept(path, client_id))


def public_key(key: RSAKey) -> RSAKey:
    """The half that may be shown."""
    return _public(key.as_dict(private=False))


def _kept(path: Path, client_id: str | None) -> Members:
    """The members of the key. Its `kid` is its thumbprint (RFC 7638); a client's key also names its client."""
    if not path.exists():
        key = RSAKey.generate_key(2048)
        named = {"client_id": client_id} if client_id else {}
        write_private(
            path,
            json.dumps(
                {**key.as_dict(private=True), "kid": key.thumbprint(), "use": "sig", "alg": ALGORITHM, **named},
                indent=1,
            ),
        )
    members: Members = json.loads(path.read_text(encoding="utf-8"))
    return members


def _public(members: Members) -> RSAKey:
    return RSAKey.import_key({name: members[name] for name in ("kty", "n", "e", "kid", "use", "alg")})


def kept_secret(path: Path) -> str:
    """The secret in that file, made if it is not there."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="utf-8").strip()
