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
SET_ASIDE = Text(
    nb="Rettigheter som gjelder et barn i livet, er lagt til side her.",
    nn="Rettar som gjeld eit barn i livet, er lagde til side her.",
    en="Rights that are for a living child are left out here.",
)
NO_CASES = Text(nb="Ingen åpne saker.", nn="Ingen opne saker.", en="No open cases.")
OPEN_CASES = Text(nb="Åpne saker: {open}.", nn="Opne saker: {open}.", en="Open cases: {open}.")
MORE_CASES = Text(
    nb="Åpne saker: {open}. Det kan være flere.",
    nn="Opne saker: {open}. Det kan vere fleire.",
    en="Open cases: {open}. There may be more.",
)
NO_CHILDREN = Text(
    nb="Vi finner ingen barn som du kan se her.",
    nn="Vi finn ingen barn som du kan sjå her.",
    en="We find no children that you can see here.",
)
NOTHING_AWAITS = Text(nb="Ingenting venter på deg.", nn="Ingenting ventar på deg.", en="Nothing awaits you.")
AWAITS = Text(nb="Venter på deg: {count}.", nn="Ventar på deg: {count}.", en="Awaiting you: {count}.")
NOT_KNOWN = Text(
    nb="Vi vet ikke akkurat nå om noe venter på deg, for en del svarer ikke. Prøv igjen om litt.",
    nn="Vi veit ikkje akkurat no om noko ventar på deg, for ein del svarar ikkje. Prøv igjen om litt.",
    en="We do not know right now whether anything awaits you, because a part does not answer. Try again shortly.",
)
AWAITS_AND_MORE = Text(
    nb="Venter på deg: {count}. Det kan være mer, for en del svarer ikke akkurat nå.",
    nn="Ventar på deg: {count}. Det kan vere meir, for ein del svarar ikkje akkurat no.",
    en="Awaiting you: {count}. There may be more, because a part does not answer right now.",
)
