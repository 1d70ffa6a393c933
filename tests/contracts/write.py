"""`make contracts`: accepts what the code says now. An event and the vocabulary are only ever extended; anything else is refused."""

import asyncio
import sys

from tests.contracts.copies import copies
from tests.contracts.extension import broken_promises, lost_facts
from tests.contracts.glossary import GLOSSARY, with_rights
from tests.contracts.stored import ROOT, STORED, accepted, contracts, rendered, stored_paths
from tests.contracts.walls import walls
from tests.services.applications import carry_over as for_applications
from tests.services.status import carry_over as for_status
from tests.support.facts import folder


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
    _carry_over()
    if with_rights(GLOSSARY.read_text()) != GLOSSARY.read_text():
        GLOSSARY.write_text(with_rights(GLOSSARY.read_text()))
        sys.stdout.write("written  docs/glossary.md\n")
    return 0


def _carry_over() -> None:
    """What services keep of others' data: copies, and what status and applications take from the facts."""
    for each in copies():
        if not each.is_as_owned:
            each.renew()
            sys.stdout.write(f"copied   {each.copy.relative_to(ROOT)}\n")
    if folder() is None:
        sys.stdout.write("skipped  what status and applications take from the facts: set FACTS_DIR\n")
        return
    for service in (for_status, for_applications):
        service.main()


if __name__ == "__main__":
    sys.exit(main())
