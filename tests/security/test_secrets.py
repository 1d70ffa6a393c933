"""No secret is in the repository, and what looks like carelessness in the code has a reason beside it."""

import json
import re
import secrets
import tomllib
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey, RSAKey

from tests.architecture.sources import CODE, ROOT, python_files, text_of, tracked_files
from tests.gateway.issuer import IDPORTEN, KEYS, sign
from tests.security.secrets_scan import secrets_in

# Files with something that only looks like a secret, with the reason.
NOT_SECRET: dict[str, str] = {}
SILENCED = re.compile(r"#\s*noqa:?\s*(?P<codes>[A-Z0-9, ]*)(?P<reason>.*)$")
# Rules of ruff's security set (S) that a whole folder is let off from, with the reason.
LET_OFF = {
    "tests/**": {"S": "assertions, fixed test keys and throw-away servers are what tests are made of"},
    "deploy/**": {
        "S603": "the cluster is started by starting programs, whose paths come from packages and never from a request",
        "S607": "git and java are found on the PATH",
    },
}


def test_no_file_of_the_repository_holds_a_secret():
    found = [f"{path}:{hit}" for path in tracked_files() if path not in NOT_SECRET for hit in secrets_in(text_of(path))]
    assert not found, "\n".join(found)


def test_no_file_of_the_repository_is_a_key_store():
    kept = re.compile(r".*(\.(pem|p12|pfx|jks|key|keystore)|\.env|id_(rsa|ed25519))$")
    assert not [path for path in tracked_files() if kept.match(path)]


def planted() -> dict[str, str]:
    """Made anew each time: nothing of it is anybody's."""
    dashes, random = "-" * 5, secrets.token_urlsafe(32)
    return {
        "a private key": f"{dashes}BEGIN RSA PRIVATE KEY{dashes}",
        "a private key without a kind": f"{dashes}BEGIN PRIVATE KEY{dashes}",
        "a private JWK": json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)),
        "an RSA JWK": json.dumps(RSAKey.generate_key(2048).as_dict(private=True)),
        "a signed token": sign({"iss": IDPORTEN, "pid": "1"}, KEYS["idporten"]),
        "a password in an address": f"DATABASE_URL=postgresql+asyncpg://rights:{secrets.token_hex(8)}@db.example/rights",
        "a cloud's key": "AKIA" + "ABCDEFGHIJKLMNOP",
        "a forge's token": "gh" + "p_" + "a1B2" * 9,
        "an assignment": f'KAFKA_PASSWORD = "{random}"',
        "a setting": f'master_key: "{secrets.token_hex(32)}1a2b"',
        "a header": f'"api-key": "{random}9z"',
    }


@pytest.mark.parametrize("kind", planted())
def test_a_planted_secret_is_found(kind):
    assert list(secrets_in(f"# before\n{planted()[kind]}\n"))


@pytest.mark.parametrize(
    "harmless",
    [
        "password: unused",
        'KAFKA_PASSWORD = "${KAFKA_PASSWORD}"',
        "postgresql://rights:{password}@127.0.0.1:5432/rights",
        "eyJhbGciOi… is how a token begins",
        'token_endpoint = "https://issuer.example/maskinporten/token"',
        '"d": "M12 4v16m8-8H4"',
        'NOT_ACCESS_TOKEN = "not_an_access_token"',
    ],
)
def test_what_is_no_secret_passes(harmless):
    assert list(secrets_in(harmless)) == []


def test_the_folders_that_the_security_rules_let_off_are_known_with_their_reasons():
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    found = {
        folder: {code for code in codes if code.startswith("S")} for folder, codes in ruff["per-file-ignores"].items()
    }
    assert {folder: codes for folder, codes in found.items() if codes} == {
        folder: set(codes) for folder, codes in LET_OFF.items()
    }
    assert "S" in ruff["select"]
    assert {code for code in ruff["ignore"] if re.fullmatch(r"S\d+", code)} == {"S101"}


def test_a_security_rule_that_is_silenced_in_a_line_says_why():
    bare = []
    for path in python_files(*CODE):
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            silenced = SILENCED.search(line)
            if silenced and re.search(r"\bS\d{3}", silenced["codes"]) and not re.search(r"\w{3}", silenced["reason"]):
                bare.append(f"{path}:{number}")
    assert not bare


def test_every_dependency_is_pinned_to_what_was_seen():
    """Every line of the lock names one version and the digests of its files; nothing is fetched by address."""
    text = "\n".join(path.read_text() for path in sorted((ROOT / "requirements").glob("*.txt")))
    wanted = [
        block for block in re.split(r"\n(?=[A-Za-z0-9])", text) if re.match(r"[A-Za-z0-9_.-]+(\[[^\]]*\])?==", block)
    ]
    assert wanted
    assert not [block.split()[0] for block in wanted if "--hash=sha256:" not in block]
    assert not re.search(r"^\s*[^#\s].*\b(git\+|https?://)", text, re.MULTILINE)


def test_the_local_clusters_secrets_are_kept_out_of_the_repository():
    assert not [path for path in tracked_files() if path.startswith(".local/")]
    assert ".local" in Path(ROOT / ".gitignore").read_text()
