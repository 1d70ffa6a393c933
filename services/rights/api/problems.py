"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.rights.domain import errors
from shared.domain import DomainError
from shared.problems import NOT_FOUND, Problem
from shared.texts import Text

PROBLEMS: Mapping[type[DomainError], Problem] = {
    errors.UnknownRight: NOT_FOUND,
    errors.UnknownEvaluation: NOT_FOUND,
    errors.RuleNotProposed: Problem(
        "rule-not-proposed",
        409,
        Text(
            nb="Regelen er ikke lenger et forslag",
            nn="Regelen er ikkje lenger eit framlegg",
            en="The rule is no longer a proposal",
        ),
        Text(
            nb="Den er publisert eller trukket. Hent den på nytt.",
            nn="Han er publisert eller trekt. Hent han på nytt.",
            en="It has been published or withdrawn. Fetch it again.",
        ),
    ),
    errors.RuleNotPublished: Problem(
        "rule-not-published",
        409,
        Text(nb="Regelen gjelder ikke", nn="Regelen gjeld ikkje", en="The rule is not in force"),
        Text(
            nb="Den er ikke publisert, eller den er alt avsluttet. Hent den på nytt.",
            nn="Han er ikkje publisert, eller han er alt avslutta. Hent han på nytt.",
            en="It is not published, or it has ended already. Fetch it again.",
        ),
    ),
    errors.SamePerson: Problem(
        "same-person",
        409,
        Text(
            nb="En annen må publisere regelen",
            nn="Ein annan må publisere regelen",
            en="Somebody else must publish the rule",
        ),
        Text(
            nb="Den som foreslo regelen, kan ikke publisere den selv.",
            nn="Den som gjorde framlegget, kan ikkje publisere det sjølv.",
            en="Whoever proposed the rule cannot publish it.",
        ),
    ),
    errors.NotAMunicipality: Problem(
        "not-a-municipality",
        403,
        Text(
            nb="Bare kommuner har lokale regler",
            nn="Berre kommunar har lokale reglar",
            en="Only municipalities have local rules",
        ),
        Text(
            nb="Organisasjonen er ikke registrert som en kommune her.",
            nn="Organisasjonen er ikkje registrert som ein kommune her.",
            en="The organisation is not registered as a municipality here.",
        ),
    ),
}
