"""Who calls: the principals that a service sees, as the gateway and mapping would sign them."""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

from shared.auth.principals import PUBLIC, Kind, Principal, Subject


def citizen(
    person: UUID | None = None, children: Iterable[UUID] = (), grounds: Mapping[UUID, str | Subject] | None = None
) -> Principal:
    """Someone who has logged in: guardian of `children`, `self` of herself, and what `grounds` says of others."""
    me = person or uuid4()
    subjects = {me: Subject("self"), **{child: Subject("guardian") for child in children}}
    subjects |= {
        who: ground if isinstance(ground, Subject) else Subject(ground) for who, ground in (grounds or {}).items()
    }
    return Principal(Kind.CITIZEN, str(me), subjects=subjects)


def machine(
    org: str,
    child: UUID | None = None,
    *,
    ground: str = "grant",
    alias: str | None = None,
    groups: Iterable[str] | None = None,
    scopes: Iterable[str] = (),
    purpose: str | None = None,
) -> Principal:
    """A case system of the organisation, with the one child that the path names."""
    subject = Subject(ground, None if groups is None else frozenset(groups), alias)
    return Principal(
        Kind.MACHINE,
        org,
        org=org,
        scopes=frozenset(scopes),
        purpose=purpose,
        subjects={child: subject} if child else {},
    )


def worker(service: str, child: UUID | None = None, *, purpose: str = "test") -> Principal:
    """Another service's worker, for the one child it asks about."""
    subjects = {child: Subject(f"system:{purpose}")} if child else {}
    return Principal(Kind.WORKER, service, purpose=purpose, subjects=subjects, service=service)


def public() -> Principal:
    """Anyone, by way of the gateway."""
    return PUBLIC


def nobody() -> None:
    """A request without a token."""
