"""Local rules at a municipality's desk: propose, publish by somebody else, withdraw, end. The linter judges; nothing is ever written over."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from services.rights.api.local_rule_view import LocalRuleView, Warned, view_of
from services.rights.domain.errors import NotAMunicipality
from services.rights.domain.local_rule import LocalRule, LocalStatus
from services.rights.features.end_rule import end_rule
from services.rights.features.propose_rule import propose_rule
from services.rights.features.publish_rule import publish_rule
from services.rights.features.withdraw_rule import withdraw_rule
from services.rights.store import local_rules
from services.rights.store.local_rule_example import example
from services.rights.store.proposals import judge_proposal
from services.rights.store.rights import RightFile
from shared.auth.dependencies import Machine
from shared.conditional import IfNoneMatch, Kept, conditional, kept_responses
from shared.db.idempotency import IdempotencyKey as Key
from shared.db.idempotency import remember, remembered
from shared.db.transaction import Transaction
from shared.domain import FieldFault, Forbidden, InvalidInput
from shared.once import TakenOnce
from shared.problems import responses
from shared.web import (
    Cursor,
    Db,
    IdempotencyKey,
    Language,
    Page,
    PageLimit,
    Slug,
    decode_cursor,
    encode_cursor,
    etag,
    moment,
    printable,
    set_etag,
)

READ, WRITE = "rule.read", "rule.write"
router = APIRouter(prefix="/rights/v1/local-rules", tags=["local rules"])
_DIGITS_OF_A_PERSON = 11
_STEP = responses(400, 401, 403, 404, 409, 412, 422, 428, 503)


def _no_national_id(value: str) -> str:
    if len(value) == _DIGITS_OF_A_PERSON and value.isdigit():
        raise ValueError("your own id of the employee, never a national id")
    return value


Employee = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(printable),
    AfterValidator(_no_national_id),
    Field(description="your own id of the employee who does this: not a name, not a national id"),
]


Part = Annotated[Any, WithJsonSchema({"description": "a part of the rule, in the form of the rules that we publish"})]


class ProposalBody(BaseModel):
    """A rule as data, in the form of the rules that are served at /rights/v1/rules."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": example()})

    right_id: Slug = Field(description="a right that municipalities decide on, or a new one: `local-…`")
    rule: dict[str, Part] = Field(
        max_length=40,
        description="the whole rule; every node has an id, and `valid` says from when it holds and until when",
    )
    proposed_by: Employee


class SettlementBody(BaseModel):
    """Who does it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"by": "kari.fag"}})

    by: Employee


class EndBody(BaseModel):
    """From when the rule no longer holds."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"on": "2027-01-01"}})

    on: date = Field(description="today or later: the past is not changed")


async def _municipalities(request: Request) -> Mapping[str, str]:
    found: Mapping[str, str] = request.app.state.municipalities
    return found


Municipalities = Annotated[Mapping[str, str], Depends(_municipalities)]


@router.post("", status_code=201, summary="Propose a local rule", responses=responses(400, 401, 403, 409, 422, 503))
async def propose(
    body: ProposalBody,
    caller: Machine,
    database: Db,
    key: IdempotencyKey,
    municipalities: Municipalities,
    response: Response,
) -> LocalRuleView:
    """The linter judges it at once: what is wrong is named by node, and nothing is kept. It changes nothing for a family until somebody else publishes it."""
    municipality = _of(caller.org, caller.action, municipalities)
    right, warnings = await _judged(body)
    async with database.begin(caller) as tx:
        rule = await _taken(tx, key, partial(propose_rule, tx, _proposal(tx, body, right, municipality)))
    set_etag(response, rule.version)
    return view_of(rule, warnings)


@router.get("", summary="Your local rules", responses=responses(400, 401, 403, 503))
async def list_own(caller: Machine, database: Db, cursor: Cursor, limit: PageLimit = 50) -> Page[LocalRuleView]:
    """Everything your municipality has proposed, oldest first, with what became of it."""
    after = decode_cursor(cursor, moment, UUID) if cursor else None
    _allowed(caller.action, READ)
    async with database.begin(caller) as tx:
        found = await local_rules.of_organisation(tx, after=(after[0], after[1]) if after else None, limit=limit + 1)
    page = found[:limit]
    more = len(found) > limit
    return Page(
        items=[view_of(each) for each in page],
        next=encode_cursor(page[-1].proposed_at.isoformat(), str(page[-1].id)) if more else None,
    )


@router.get(
    "/{local_rule_id}",
    summary="One local rule",
    response_model=LocalRuleView,
    responses=kept_responses(401, 403, 404, 503, versioned=True),
)
async def read_own(
    local_rule_id: UUID, caller: Machine, database: Db, lang: Language, if_none_match: IfNoneMatch = None
) -> Response:
    """One of your municipality's, as it was proposed."""
    _allowed(caller.action, READ)
    async with database.begin(caller) as tx:
        rule = await local_rules.own(tx, local_rule_id)
    return conditional(Kept.of(view_of(rule), version=rule.version), lang, if_none_match)


@router.post("/{local_rule_id}/publication", status_code=201, summary="Publish", responses=_STEP)
async def publish(
    local_rule_id: UUID, body: SettlementBody, caller: Machine, database: Db, once: TakenOnce, response: Response
) -> LocalRuleView:
    """By another person than the one who proposed it. From its first day it is in force; the versions before it stay for their days."""
    _allowed(caller.action, WRITE)
    async with database.begin(caller) as tx:
        step = partial(publish_rule, tx, local_rule_id, by=body.by, version=once.version)
        rule = await _taken(tx, once.key, step)
    set_etag(response, rule.version)
    return view_of(rule)


@router.post("/{local_rule_id}/withdrawal", status_code=201, summary="Withdraw a proposal", responses=_STEP)
async def withdraw(
    local_rule_id: UUID, body: SettlementBody, caller: Machine, database: Db, once: TakenOnce, response: Response
) -> LocalRuleView:
    """The proposal is dropped. It stays in your list."""
    _allowed(caller.action, WRITE)
    async with database.begin(caller) as tx:
        step = partial(withdraw_rule, tx, local_rule_id, by=body.by, version=once.version)
        rule = await _taken(tx, once.key, step)
    set_etag(response, rule.version)
    return view_of(rule)


@router.post("/{local_rule_id}/end", status_code=201, summary="End a published rule", responses=_STEP)
async def end(
    local_rule_id: UUID, body: EndBody, caller: Machine, database: Db, once: TakenOnce, response: Response
) -> LocalRuleView:
    """It no longer holds from that day. For the days before, it still does."""
    _allowed(caller.action, WRITE)
    async with database.begin(caller) as tx:
        step = partial(end_rule, tx, local_rule_id, on=body.on, version=once.version)
        rule = await _taken(tx, once.key, step)
    set_etag(response, rule.version)
    return view_of(rule)


async def _taken(tx: Transaction, key: Key, step: Callable[[], Awaitable[LocalRule]]) -> LocalRule:
    """The rule after the step; the step is taken once for each key."""
    if known := await remembered(tx, key):
        return await local_rules.own(tx, UUID(known.resource_id))
    rule = await step()
    await remember(tx, key, resource_id=str(rule.id), etag=etag(rule.version))
    return rule


def _of(org: str | None, action: str | None, municipalities: Mapping[str, str]) -> str:
    _allowed(action, WRITE)
    municipality = municipalities.get(org or "")
    if municipality is None:
        raise NotAMunicipality
    return municipality


def _allowed(action: str | None, wanted: str) -> None:
    if action != wanted:
        raise Forbidden


async def _judged(body: ProposalBody) -> tuple[RightFile, list[Warned]]:
    """The rule, and what its author should know. Raises InvalidInput for what is wrong."""
    right, found = await asyncio.to_thread(judge_proposal, body.right_id, body.rule)
    faults = [
        FieldFault(f"rule.{each.node}" if each.node else "rule", "rule-fault", each.what)
        for each in found
        if each.is_fault
    ]
    if right is None or faults:
        raise InvalidInput(*faults)
    return right, [Warned(node=each.node, what=each.what) for each in found]


def _proposal(tx: Transaction, body: ProposalBody, right: RightFile, municipality: str) -> LocalRule:
    return LocalRule(
        id=tx.new_id(),
        organisation=tx.principal.org or "",
        municipality=municipality,
        right_id=body.right_id,
        content=json.dumps(body.rule, ensure_ascii=False),
        valid_from=right.valid.start,
        valid_until=right.valid.until,
        status=LocalStatus.PROPOSED,
        version=1,
        number=None,
        proposed_by=body.proposed_by,
        proposed_at=tx.at,
    )
