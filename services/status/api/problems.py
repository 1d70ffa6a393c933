"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.status.domain import errors
from shared.domain import DomainError
from shared.problems import Problem
from shared.texts import Text

PROBLEMS: Mapping[type[DomainError], Problem] = {
    errors.ShorterThanTheLaw: Problem(
        "shorter-than-the-law",
        422,
        Text(
            nb="Fristen er kortere enn loven",
            nn="Fristen er kortare enn lova",
            en="The time limit is shorter than the law's",
        ),
        Text(
            nb="Fristen {stated} er før {lawful}, som følger av {law}. En lengre frist er lov.",
            nn="Fristen {stated} er før {lawful}, som følgjer av {law}. Ein lengre frist er lov.",
            en="The time limit {stated} is before {lawful}, which follows from {law}. A longer one is allowed.",
        ),
    ),
    errors.NothingDecided: Problem(
        "nothing-decided",
        409,
        Text(nb="Saken er ikke avgjort", nn="Saka er ikkje avgjord", en="The case is not decided"),
        Text(
            nb="Det er ikke noe vedtak å klage på ennå. Tar det for lang tid, kan du spørre hvordan det går.",
            nn="Det er ikkje noko vedtak å klage på enno. Tek det for lang tid, kan du spørje korleis det går.",
            en="There is no decision to complain about yet. If it takes too long, you can ask how it is going.",
        ),
    ),
    errors.NoBody: Problem(
        "no-complaint-body",
        409,
        Text(
            nb="Vi vet ikke hvem klagen skal til",
            nn="Vi veit ikkje kven klaga skal til",
            en="We do not know who decides",
        ),
        Text(
            nb="Her vet vi ikke hvem som avgjør en klage. Spør den som avgjorde saken.",
            nn="Her veit vi ikkje kven som avgjer ei klage. Spør den som avgjorde saka.",
            en="We do not know who decides a complaint here. Ask whoever decided the case.",
        ),
    ),
    errors.ComplaintOpen: Problem(
        "complaint-open",
        409,
        Text(nb="Dere har alt klaget", nn="De har alt klaga", en="You have already complained"),
        Text(
            nb="En klage på dette vedtaket er ikke ferdig. Vil du skrive en ny, må den første trekkes.",
            nn="Ei klage på dette vedtaket er ikkje ferdig. Vil du skrive ei ny, må den første trekkjast.",
            en="A complaint on this decision is not finished. To write a new one, take the first one back.",
        ),
    ),
    errors.ComplaintRuled: Problem(
        "complaint-decided",
        409,
        Text(nb="Klagen er avgjort", nn="Klaga er avgjord", en="The complaint is decided"),
        Text(
            nb="En klage på dette vedtaket er avgjort. Svaret kan som hovedregel ikke klages på igjen.",
            nn="Ei klage på dette vedtaket er avgjord. Svaret kan som hovudregel ikkje klagast på igjen.",
            en="A complaint on this decision has been decided. As a rule the answer cannot be complained about again.",
        ),
    ),
    errors.ComplaintEnded: Problem(
        "complaint-ended",
        409,
        Text(nb="Klagen er ferdig", nn="Klaga er ferdig", en="The complaint has ended"),
        Text(
            nb="En klage som er avgjort eller trukket, kan ikke trekkes.",
            nn="Ei klage som er avgjord eller trekt, kan ikkje trekkjast.",
            en="A complaint that is decided or withdrawn cannot be taken back.",
        ),
    ),
    errors.NotTheComplainant: Problem(
        "not-the-complainant",
        403,
        Text(
            nb="Bare den som klaget, kan trekke klagen",
            nn="Berre den som klaga, kan trekkje klaga",
            en="Only the one who complained can take it back",
        ),
        Text(
            nb="Du kan se klagen. Bare den som sendte den, kan trekke den.",
            nn="Du kan sjå klaga. Berre den som sende ho, kan trekkje ho.",
            en="You can see the complaint. Only the one who sent it can take it back.",
        ),
    ),
    errors.NotYourStep: Problem(
        "not-your-step",
        403,
        Text(nb="Steget er ikke ditt", nn="Steget er ikkje ditt", en="The step is not yours"),
        Text(
            nb="Den som avgjorde, tar imot, vurderer og sender videre. Klageinstansen avgjør klagen.",
            nn="Den som avgjorde, tek imot, vurderer og sender vidare. Klageinstansen avgjer klaga.",
            en="Whoever decided receives, re-assesses and forwards. The appeal body decides the complaint.",
        ),
    ),
    errors.WrongStep: Problem(
        "wrong-step",
        409,
        Text(nb="Et annet steg er neste", nn="Eit anna steg er neste", en="Another step is due"),
        Text(
            nb="Neste steg i klagen er: {due}. Er det none, er klagen ferdig.",
            nn="Neste steg i klaga er: {due}. Er det none, er klaga ferdig.",
            en="The step that is due in the complaint is: {due}. If it is none, the complaint has ended.",
        ),
    ),
}
