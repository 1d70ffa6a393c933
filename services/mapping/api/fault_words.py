"""What is wrong with an entry, in words for people; the code and what is expected stay as they are."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from shared.domain import InvalidInput
from shared.texts import Lang, Text

_WRONG = Text(
    nb="Dette kan ikke brukes slik det står.",
    nn="Dette kan ikkje brukast slik det står.",
    en="This cannot be used as it is.",
)
_NOT_YOURS = Text(
    nb="Dette er det ikke du som skal svare på her.",
    nn="Dette er det ikkje du som skal svare på her.",
    en="This is not yours to answer here.",
)
WORDS: Mapping[str, Text] = {
    "unknown-fact": Text(
        nb="Dette spørsmålet finnes ikke.", nn="Dette spørsmålet finst ikkje.", en="There is no such question."
    ),
    "not-told": Text(
        nb="Dette hentes fra andre kilder og kan ikke fortelles her.",
        nn="Dette blir henta frå andre kjelder og kan ikkje forteljast her.",
        en="This comes from other sources and cannot be told here.",
    ),
    "twice": Text(
        nb="Det samme er svart på to ganger.", nn="Det same er svart på to gonger.", en="The same is answered twice."
    ),
    "wrong-type": Text(nb="Svaret har feil form.", nn="Svaret har feil form.", en="The answer has the wrong form."),
    "not-in-values": Text(
        nb="Svaret er ikke et av dem en kan velge mellom.",
        nn="Svaret er ikkje eitt av dei ein kan velje mellom.",
        en="The answer is not one of those to choose from.",
    ),
    "out-of-range": Text(
        nb="Dette er utenfor det som er mulig.",
        nn="Dette er utanfor det som er mogleg.",
        en="This is outside what is possible.",
    ),
    "unexpected": Text(
        nb="Her skal det ikke stå noe svar når du ikke vet det eller tar det tilbake.",
        nn="Her skal det ikkje stå noko svar når du ikkje veit det eller tek det tilbake.",
        en="There is no answer to give when you do not know it or take it back.",
    ),
    "missing": Text(
        nb="Det må stå hvem dette gjelder.", nn="Det må stå kven dette gjeld.", en="Say whom this is about."
    ),
    "not-for-this-fact": Text(
        nb="Dette gjelder alltid barnet.", nn="Dette gjeld alltid barnet.", en="This is always about the child."
    ),
    "not-yours-to-tell": _NOT_YOURS,
    "not-yours-to-keep": Text(
        nb="Bare barnet selv kan holde svarene sine for seg selv.",
        nn="Berre barnet sjølv kan halde svara sine for seg sjølv.",
        en="Only the child can keep its answers to itself.",
    ),
    "not-yours-to-open": Text(
        nb="Du kan bare dele det du selv kan se.",
        nn="Du kan berre dele det du sjølv kan sjå.",
        en="You can only share what you can see yourself.",
    ),
    "not-grantable": Text(nb="Dette kan ikke deles.", nn="Dette kan ikkje delast.", en="This cannot be shared."),
    "in-the-past": Text(nb="Dagen er alt forbi.", nn="Dagen er alt forbi.", en="The day is already past."),
    "not-after-start": Text(
        nb="Slutten må komme etter starten.",
        nn="Slutten må kome etter starten.",
        en="The end must come after the start.",
    ),
    "one-receiver": Text(nb="Velg én mottaker.", nn="Vel éin mottakar.", en="Choose one receiver."),
    "unknown-organisation": Text(
        nb="Denne virksomheten er ikke koblet til her.",
        nn="Denne verksemda er ikkje kopla til her.",
        en="This organisation is not connected here.",
    ),
    "unknown-purpose": Text(
        nb="Dette formålet finnes ikke.", nn="Dette føremålet finst ikkje.", en="There is no such purpose."
    ),
    "unknown-group": Text(
        nb="Noe av det som skal deles, finnes ikke.",
        nn="Noko av det som skal delast, finst ikkje.",
        en="Some of what is to be shared does not exist.",
    ),
    "not-a-guardian": Text(
        nb="Dette er ingen forelder eller verge for barnet.",
        nn="Dette er ingen forelder eller verje for barnet.",
        en="This is no parent or guardian of the child.",
    ),
}


@contextmanager
def in_words(language: Lang) -> Iterator[None]:
    """Gives every fault that leaves the block its words in the caller's language."""
    try:
        yield
    except InvalidInput as refused:
        faults = (replace(fault, detail=fault.detail or WORDS.get(fault.code, _WRONG)) for fault in refused.faults)
        raise InvalidInput(*faults) from refused
