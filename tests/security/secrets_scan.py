"""Finds what looks like a secret in a text: private keys, signed tokens, passwords in addresses and assignments, keys of well-known services."""

import math
import re
from collections import Counter
from collections.abc import Iterator

# Put together here, so that this file does not hold what it looks for.
_DASHES = "-" * 5
_BEGIN = "BEGIN"
KINDS: dict[str, re.Pattern[str]] = {
    "a private key": re.compile(rf"{_DASHES}{_BEGIN} (?:[A-Z0-9]+ )*PRIVATE KEY{_DASHES}"),
    "a private JWK": re.compile(r"""["']d["']\s*:\s*["'][A-Za-z0-9_-]{40,}["']"""),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
    "a password in an address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"{}$<>…]+:([^\s/:@'\"{}$<>…]{6,})@"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a token of a forge": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|glpat-[A-Za-z0-9_-]{20,})"
    ),
    "a token of a chat": re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
}
_ASSIGNED = re.compile(
    r"""(?ix) ["']? [\w.-]* (?:password|passwd|secret|api[_-]?key|token|master_key|signing_key) [\w.-]* ["']?
        \s* [:=] \s* ["'] ([^"'\s{}$<>]{16,}) ["']"""
)
_RANDOM_BITS = 3.2
_WORDS = re.compile(r"[a-zæøå]+(?:[-_. /:](?:[a-zæøå]+|[0-9]{1,4}))*", re.IGNORECASE)


def secrets_in(text: str) -> Iterator[str]:
    """`line: kind` of each."""
    for number, line in enumerate(text.splitlines(), start=1):
        for kind, pattern in KINDS.items():
            if pattern.search(line):
                yield f"{number}: {kind}"
        for found in _ASSIGNED.finditer(line):
            if looks_random(found.group(1)):
                yield f"{number}: a secret in an assignment"


def looks_random(value: str) -> bool:
    """Whether nobody would type it: mixed characters with much information in each, and not words put together."""
    if _WORDS.fullmatch(value) or not re.search(r"\d", value):
        return False
    counts, length = Counter(value), len(value)
    return -sum(n / length * math.log2(n / length) for n in counts.values()) >= _RANDOM_BITS
