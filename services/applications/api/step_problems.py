"""A step of a case that cannot be taken now: one kind of problem, whose words say what is due."""

from collections.abc import Mapping

from services.applications.domain import errors
from shared.domain import DomainError
from shared.problems import Problem
from shared.texts import Text

_TITLE = Text(nb="Ikke nå", nn="Ikkje no", en="Not now")


def _due(nb: str, nn: str, en: str) -> Problem:
    return Problem("wrong-step", 409, _TITLE, Text(nb=nb, nn=nn, en=en))


STEPS: Mapping[type[DomainError], Problem] = {
    errors.ReceiptIsDue: _due(
        "Søknaden er ikke bekreftet mottatt. Neste steg er å bekrefte det (receipt).",
        "Søknaden er ikkje stadfesta motteken. Neste steg er å stadfeste det (receipt).",
        "The application has not been acknowledged. The next step is to acknowledge it (receipt).",
    ),
    errors.AnswerIsDue: _due(
        "Familien er bedt om noe og har ikke svart. Neste steg er svaret (answer). Det går an å vedta uten det.",
        "Familien er beden om noko og har ikkje svara. Neste steg er svaret (answer). Det går an å vedta utan det.",
        "The family has been asked for something and has not answered. The next step is the answer. You may decide without it.",
    ),
    errors.DecisionIsDue: _due(
        "Søknaden er mottatt, og det er ikke bedt om noe. Neste steg er vedtaket (decision).",
        "Søknaden er motteken, og det er ikkje bede om noko. Neste steg er vedtaket (decision).",
        "The application is received, and nothing is asked for. The next step is the decision.",
    ),
    errors.NothingIsDue: _due(
        "Saken står som «{status}». Det er ikke noe steg igjen her.",
        "Saka står som «{status}». Det er ikkje noko steg igjen her.",
        "The case stands as “{status}”. No step is left here.",
    ),
    errors.TooManyRequests: Problem(
        "too-many-documentation-requests",
        409,
        Text(nb="For mange spørsmål", nn="For mange spørsmål", en="Too many requests"),
        Text(
            nb="I én sak kan det bes om dokumentasjon høyst {limit} ganger.",
            nn="I éi sak kan det bedast om dokumentasjon høgst {limit} gonger.",
            en="In one case, documentation may be asked for {limit} times at most.",
        ),
    ),
}
