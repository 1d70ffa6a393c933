"""The rights in brief: what is carried by something told comes first; nothing is counted while nothing is told, nor after a death."""

from collections import Counter

from gateway.overview import said, texts
from gateway.overview.sources import route_of
from gateway.overview.views import MOST_RIGHTS, RightBrief, RightCounts, RightsBrief
from shared.texts import Lang

RIGHTS = route_of("GET", "/rights/v1/children/{child_id}")
# Worth looking at; the other verdicts are left out of the start page.
VERDICTS = ("likely", "possible_missing_facts", "must_be_assessed")
_FIRST = {"likely": 0, "possible_missing_facts": 1}


def rights_brief(child: said.Child, rights: said.Rights, lang: Lang) -> RightsBrief:
    """The part of one child. Rights may not have heard of a death that mapping knows of."""
    version = rights.based_on.profile_version
    href = RIGHTS.path({"child_id": child.id})
    if rights.says is None and child.died:
        return RightsBrief(says=texts.SET_ASIDE.in_(lang), profile_version=version, first=[], href=href)
    if rights.says is not None:
        first = [right.model_copy(update={"why": None}) for right in _first(rights, href)]  # the why is the death
        return RightsBrief(says=rights.says, profile_version=version, first=first, href=href)
    if not rights.based_on.told:
        return RightsBrief(says=texts.NOTHING_TOLD.in_(lang), profile_version=version, first=[], href=href)
    count = Counter(right.verdict for right in rights.rights)
    counts = RightCounts(**{verdict: count[verdict] for verdict in VERDICTS})
    says = texts.RIGHTS.in_(lang).format(
        likely=counts.likely, possible=counts.possible_missing_facts, assessed=counts.must_be_assessed
    )
    return RightsBrief(says=says, profile_version=version, counts=counts, first=_first(rights, href), href=href)


def _first(rights: said.Rights, href: str) -> list[RightBrief]:
    """Those carried by something told before what age alone gives; within each the likely ones; else in the service's order, and last what
    only something rare could open. What is sad is not put forward."""
    chosen = sorted((right for right in rights.rights if right.verdict in _FIRST and not right.discreet), key=_place)
    return [
        RightBrief(
            id=right.id,
            name=right.name,
            verdict=right.verdict,
            says=right.says[0] if right.says else None,
            why=right.why,
            missing=len(right.missing),
            href=f"{href}/rights/{right.id}",
        )
        for right in chosen[:MOST_RIGHTS]
    ]


def _place(right: said.Right) -> tuple[bool, bool, int]:
    return right.only_rare, not right.told, _FIRST[right.verdict]
