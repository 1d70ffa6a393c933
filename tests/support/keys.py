"""The keys of one test run: internal tokens and assertions are signed with them."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from joserfc.jwk import OKPKey

from shared.auth.principals import Principal
from shared.auth.tokens import Signer, read_key
from shared.clock import Clock

PROCESSES = ("gateway", "mapping", "rights", "catalog", "applications", "status")


@dataclass(frozen=True)
class Keys:
    """A folder as a deployment has it: `public/<name>.public.jwk.json`, `<name>.jwk.json`, `master.key`, `lookup.key`."""

    folder: Path

    @property
    def public(self) -> Path:
        """KEYS_DIR."""
        return self.folder / "public"

    @property
    def master(self) -> Path:
        """MASTER_KEY_FILE."""
        return self.folder / "master.key"

    @property
    def lookup(self) -> Path:
        """LOOKUP_KEY_FILE."""
        return self.folder / "lookup.key"

    def private(self, name: str) -> Path:
        """SIGNING_KEY_FILE of a process."""
        return self.folder / f"{name}.jwk.json"

    def signer(self, name: str, clock: Clock) -> Signer:
        """The signer of a process."""
        return Signer(name, read_key(self.private(name)), clock)

    def token(self, audience: str, principal: Principal, clock: Clock) -> str:
        """An internal token for `audience`, signed by who would sign it: mapping for workers, the gateway for everyone else."""
        signer = "mapping" if principal.kind.value == "worker" else "gateway"
        return self.signer(signer, clock).token(audience, principal)


def make_keys(folder: Path) -> Keys:
    """New keys for every process."""
    keys = Keys(folder)
    keys.public.mkdir(parents=True)
    for name in PROCESSES:
        key = OKPKey.generate_key("Ed25519", {"kid": name, "use": "sig"}, private=True)
        keys.private(name).write_text(_json(key, private=True))
        (keys.public / f"{name}.public.jwk.json").write_text(_json(key, private=False))
    for path in (keys.master, keys.lookup):
        path.write_text(secrets.token_hex(32))
    return keys


def _json(key: OKPKey, *, private: bool) -> str:
    return json.dumps(key.as_dict(private=private))
