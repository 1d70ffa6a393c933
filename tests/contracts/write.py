"""`make contracts`: accepts what the code says now. An event and the vocabulary are only ever extended; anything else is refused."""

import asyncio
import sys

from tests.contracts.extension import broken_promises, lost_facts
from tests.contracts.glossary import GLOSSARY, with_rights
from tests.contracts.stored import OWNER, STORED, accepted, contracts, copies, rendered, stored_paths
from tests.contracts.walls import walls


def refusals(now: dict[str, object]) -> list[str]:
    """What may not be accepted: readers out there rely on it."""
    found = []
    for path in sorted(stored_paths()):
        old, new = accepted(path), now.get(path)
        if path.startswith("events/"):
            broken = ["the event is gone"] if new is None else broken_promises(old, new)  # type: ignore[arg-type]
            found += [f"{path}: {each}" for each in broken]
    was, vocabulary = accepted("vocabulary.json"), now["vocabulary.json"]
    return found + [f"vocabulary: {each}" for each in lost_facts(was or {}, vocabulary)]  # type: ignore[arg-type]


def main() -> int:
    """Writes every contract; 1 when one of them would break a promise."""
    now = {**contracts(), **{f"walls/{service}.json": each for service, each in asyncio.run(walls()).items()}}
    if refused := refusals(now):
        sys.stderr.write(
            "Not accepted; a breaking change is a new event type or a new fact:\n  " + "\n  ".join(refused) + "\n"
        )
        return 1
    for path in stored_paths() - set(now):
        (STORED / path).unlink()
        sys.stdout.write(f"removed  {path}\n")
    for path, contract in now.items():
        if rendered(contract) != (rendered(accepted(path)) if (STORED / path).exists() else None):
            (STORED / path).parent.mkdir(parents=True, exist_ok=True)
            (STORED / path).write_text(rendered(contract))
            sys.stdout.write(f"written  {path}\n")
    for copy in copies():
        if copy.read_bytes() != OWNER.read_bytes():
            copy.write_bytes(OWNER.read_bytes())
            sys.stdout.write(f"copied   {copy.parts[-3]}/data/facts.yaml\n")
    if with_rights(GLOSSARY.read_text()) != GLOSSARY.read_text():
        GLOSSARY.write_text(with_rights(GLOSSARY.read_text()))
        sys.stdout.write("written  docs/glossary.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
