"""The start page's own words."""

from shared.texts import Text

UNAVAILABLE = Text(
    nb="Denne delen svarer ikke akkurat nå. Prøv igjen om litt.",
    nn="Denne delen svarar ikkje akkurat no. Prøv igjen om litt.",
    en="This part does not answer right now. Try again shortly.",
)
CLOSED = Text(
    nb="Dette er ikke åpent for deg.",
    nn="Dette er ikkje ope for deg.",
    en="This is not open to you.",
)
NOTHING_TOLD = Text(
    nb="Fortell om situasjonen, så ser vi hvilke rettigheter som kan passe.",
    nn="Fortel om situasjonen, så ser vi kva rettar som kan passe.",
    en="Tell us about the situation, and we will see which rights may fit.",
)
RIGHTS = Text(
    nb="Trolig rett til: {likely}. Mulig, men noe mangler: {possible}. Må vurderes: {assessed}.",
    nn="Truleg rett til: {likely}. Mogleg, men noko manglar: {possible}. Må vurderast: {assessed}.",
    en="Probably a right to: {likely}. Possible, but something is missing: {possible}. Must be assessed: {assessed}.",
)
NO_CASES = Text(nb="Ingen åpne saker.", nn="Ingen opne saker.", en="No open cases.")
OPEN_CASES = Text(nb="Åpne saker: {open}.", nn="Opne saker: {open}.", en="Open cases: {open}.")
NOTHING_AWAITS = Text(nb="Ingenting venter på deg.", nn="Ingenting ventar på deg.", en="Nothing awaits you.")
AWAITS = Text(nb="Venter på deg: {count}.", nn="Ventar på deg: {count}.", en="Awaiting you: {count}.")
