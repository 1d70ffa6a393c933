"""Passwords and keys of one cluster: made at the first start, mode 0600, never changed after."""

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.layout import Layout
from deploy.local.process import StartFailed


def passwords(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """One password per name, kept in `<folder>/<name>`."""
    return {name: _kept(folder / name, lambda: secrets.token_hex(24)) for name in names}


def hex_key(path: Path) -> Path:
    """A file of 32 random bytes in hex: a master key or a look-up key."""
    _kept(path, lambda: secrets.token_hex(32))
    return path


def signing_keys(where: Layout, names: Iterable[str]) -> None:
    """An Ed25519 key pair per process: the private JWK under `secrets/signing`, the public one under `keys`."""
    for name in names:
        text = _kept(where.signing / f"{name}.jwk.json", lambda name=name: json.dumps(_new_jwk(name)))  # type: ignore[misc]
        public = {field: value for field, value in _read_jwk(text, name).items() if field != "d"}
        published = where.keys / f"{name}.public.jwk.json"
        if not published.exists() or json.loads(published.read_text()) != public:
            published.parent.mkdir(parents=True, exist_ok=True)
            published.write_text(json.dumps(public))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, all of it or nothing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    partial.replace(path)


def _kept(path: Path, new: Callable[[], str]) -> str:
    if not path.exists():
        write_private(path, new())
    text = path.read_text().strip()
    if not text:
        raise StartFailed(f"{path} is empty. Restore it, or remove the whole state folder to begin anew.")
    return text


def _new_jwk(name: str) -> dict[str, str]:
    key = Ed25519PrivateKey.generate()
    raw = serialization.Encoding.Raw
    private = key.private_bytes(raw, serialization.PrivateFormat.Raw, serialization.NoEncryption())
    public = key.public_key().public_bytes(raw, serialization.PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "kid": name, "x": _text(public), "d": _text(private)}


def _read_jwk(text: str, name: str) -> dict[str, str]:
    try:
        key: dict[str, str] = json.loads(text)
    except ValueError:
        raise StartFailed(
            f"The signing key of {name} is damaged. Restore it, or remove the whole state folder to begin anew."
        ) from None
    return key


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
