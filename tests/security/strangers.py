"""Asks one good request as each stranger, and as each stranger about nobody: the two must not differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.security.outcomes import Outcome, outcome
from tests.security.outside import Answer, Outside, by_outside_name, is_id, of_nobody
from tests.support.asking.table import FAMILY, Asked
from tests.support.good_requests import GOOD

STATUS: Mapping[Outcome, int] = {
    Outcome.HIDDEN: 404,
    Outcome.EMPTY: 200,
    Outcome.FORBIDDEN: 403,
    Outcome.UNKNOWN: 401,
    Outcome.PUBLIC: 200,
    Outcome.MADE: 201,
}
OVERVIEW = "GET /overview"


@dataclass(frozen=True)
class Stranger:
    """Someone with a login that is good, and none of this family's business. `token` None: no login."""

    name: str
    kind: str
    token: str | None


async def good_request(outside: Outside, route: str, kind: str) -> tuple[Asked, str | None]:
    """The family's own request as it is sent from outside, with its login."""
    if route == OVERVIEW:
        good = Asked("GET", "/overview", None)
    else:
        good = by_outside_name(await GOOD[route, kind](outside.town))
    if kind == "public":
        return good, None
    return good, outside.organisation(_org(good)) if kind == "machine" else outside.person(FAMILY.get().asker)


def _org(good: Asked) -> str:
    assert good.caller, good.template
    return str(good.caller.org)


async def faults(
    outside: Outside,
    route: str,
    good: tuple[Asked, str | None],
    strangers: Iterable[Stranger],
    secrets: Iterable[str] = (),
) -> list[str]:
    """What any of them learns, in words; last the family asks, and must be served."""
    asked, token = good
    found, answers = [], []
    for each in strangers:
        answer = await outside.ask(asked, each.token)
        answers.append((each, answer))
        found += [f"{each.name}: {fault}" for fault in await _compared(outside, route, asked, each, answer)]
    served = await outside.ask(asked, token)
    if not served.http.is_success:
        found.append(f"the family itself got {served.status}: {served.http.text[:300]}")
    known = {*said_by(asked), *ids_in(served.json if _is_json(served) else None), *secrets}
    for each, answer in answers:
        if outcome(each.kind, route) is not Outcome.PUBLIC:
            found += [f"{each.name} was told {what}" for what in known - said_by(asked) if what in whole(answer)]
    return found


async def _compared(outside: Outside, route: str, asked: Asked, each: Stranger, answer: Answer) -> list[str]:
    wanted = outcome(each.kind, route)
    if wanted is Outcome.MADE and answer.status == STATUS[Outcome.FORBIDDEN]:
        return []
    if answer.status != STATUS[wanted]:
        return [f"{answer.status} instead of {wanted}: {answer.http.text[:300]}"]
    if wanted is not Outcome.HIDDEN:
        return []
    nobodys = of_nobody(asked)
    other = await outside.ask(nobodys, each.token)
    return differences(answer, other, said_by(asked), said_by(nobodys))


def differences(answer: Answer, other: Answer, *said: Iterable[str]) -> list[str]:
    """In what two answers differ, apart from what each asker said itself."""
    ids = [each for some in said for each in some]
    found = [
        f"{what}: {one!r} and {two!r}"
        for what, one, two in zip(("status", "headers", "body"), answer.seen(*ids), other.seen(*ids), strict=True)
        if one != two
    ]
    if sorted(answer.work) != sorted(other.work):
        found.append(f"the work: {_more(answer, other)}")
    return found


def _more(answer: Answer, other: Answer) -> str:
    return f"{len(answer.work)} and {len(other.work)} statements; {sorted({*answer.work} ^ {*other.work})}"


def said_by(asked: Asked) -> set[str]:
    """The ids that the asker names."""
    return {value for value in asked.values.values() if is_id(value)} | ids_in(asked.json)


def ids_in(value: Any) -> set[str]:
    """Every id anywhere in a JSON value."""
    match value:
        case dict():
            return {found for each in value.values() for found in ids_in(each)}
        case list():
            return {found for each in value for found in ids_in(each)}
        case str() if is_id(value):
            return {value}
        case str():
            return {part for part in value.replace("?", "/").split("/") if is_id(part)}
        case _:
            return set()


def whole(answer: Answer) -> str:
    """Everything that was sent: headers and body."""
    return "\n".join(f"{name}: {value}" for name, value in answer.http.headers.items()) + "\n" + answer.http.text


def _is_json(answer: Answer) -> bool:
    return bool(answer.http.headers.get("content-type", "").startswith("application/json"))
