"""Which refusal of mapping is which problem."""

from collections.abc import Mapping

from services.mapping.domain.errors import AlreadyGranted, GrantTooLong, ProtectedAddress
from shared.domain import DomainError
from shared.problems import Problem
from shared.texts import Text

PROBLEMS: Mapping[type[DomainError], Problem] = {
    GrantTooLong: Problem(
        "grant-too-long",
        422,
        Text(nb="Samtykket varer for lenge", nn="Samtykket varer for lenge", en="The consent lasts too long"),
        Text(
            nb="Et samtykke kan vare i høyst {months} måneder. Du kan gi et nytt når det er over.",
            nn="Eit samtykke kan vare i høgst {months} månader. Du kan gje eit nytt når det er over.",
            en="A consent may last {months} months at most. You can give a new one when it has ended.",
        ),
    ),
    AlreadyGranted: Problem(
        "already-granted",
        409,
        Text(nb="Samtykket finnes alt", nn="Samtykket finst alt", en="The consent already exists"),
        Text(
            nb="Du har alt gitt et samtykke til denne mottakeren for dette formålet. Trekk det tilbake først om du vil endre det.",
            nn="Du har alt gjeve eit samtykke til denne mottakaren for dette føremålet. Trekk det tilbake først om du vil endre det.",
            en="You have already given this receiver a consent for this purpose. Withdraw it first if you want to change it.",
        ),
    ),
    ProtectedAddress: Problem(
        "protected-address",
        409,
        Text(nb="Adressen er beskyttet", nn="Adressa er verna", en="The address is protected"),
        Text(
            nb="Barnet har beskyttet adresse. Da kan ikke opplysninger deles med en virksomhet her.",
            nn="Barnet har verna adresse. Då kan ikkje opplysningar delast med ei verksemd her.",
            en="The child has a protected address. Then nothing can be shared with an organisation here.",
        ),
    ),
}
