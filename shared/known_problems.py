"""The problems that every service may answer with, in words for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.texts import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem. `detail` may name the error's attributes in braces."""

    slug: str
    status: int
    title: Text
    detail: Text
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Problem(
    "not-found",
    404,
    Text(nb="Finnes ikke", nn="Finst ikkje", en="Not found"),
    Text(
        nb="Det du spør etter, finnes ikke, eller du har ikke tilgang til det.",
        nn="Det du spør etter, finst ikkje, eller du har ikkje tilgang til det.",
        en="What you ask for does not exist, or you have no access to it.",
    ),
)
UNAUTHENTICATED = Problem(
    "unauthenticated",
    401,
    Text(nb="Du må logge inn", nn="Du må logge inn", en="You must log in"),
    Text(
        nb="Innloggingen mangler, er utløpt eller gjelder ikke her. Logg inn på nytt.",
        nn="Innlogginga manglar, er utgått eller gjeld ikkje her. Logg inn på nytt.",
        en="The login is missing, has expired or is not valid here. Log in again.",
    ),
    {"WWW-Authenticate": "Bearer"},
)
FORBIDDEN = Problem(
    "forbidden",
    403,
    Text(nb="Ikke lov", nn="Ikkje lov", en="Forbidden"),
    Text(
        nb="Denne innloggingen kan ikke brukes til dette.",
        nn="Denne innlogginga kan ikkje brukast til dette.",
        en="This login cannot be used for this.",
    ),
)
INVALID_INPUT = Problem(
    "invalid-input",
    422,
    Text(nb="Noe må rettes", nn="Noko må rettast", en="Something must be corrected"),
    Text(
        nb="Noen av opplysningene kan ikke brukes slik de står. Ingenting er lagret.",
        nn="Nokre av opplysningane kan ikkje brukast slik dei står. Ingenting er lagra.",
        en="Some of the information cannot be used as it is. Nothing was stored.",
    ),
)
MALFORMED = Problem(
    "malformed-request",
    400,
    Text(nb="Forespørselen kan ikke leses", nn="Førespurnaden kan ikkje lesast", en="The request cannot be read"),
    Text(
        nb="En del av forespørselen mangler eller har feil form. Ingenting er lagret.",
        nn="Ein del av førespurnaden manglar eller har feil form. Ingenting er lagra.",
        en="A part of the request is missing or has the wrong form. Nothing was stored.",
    ),
)
MISSING_PRECONDITION = Problem(
    "missing-precondition",
    428,
    Text(nb="If-Match mangler", nn="If-Match manglar", en="If-Match is missing"),
    Text(
        nb="Send If-Match med ETag-en fra sist du leste, så ingen skriver over hverandre.",
        nn="Send If-Match med ETag-en frå sist du las, så ingen skriv over kvarandre.",
        en="Send If-Match with the ETag of your last read, so that nobody overwrites anybody.",
    ),
)
STALE_VERSION = Problem(
    "stale-version",
    412,
    Text(nb="Noen har endret dette", nn="Nokon har endra dette", en="Someone has changed this"),
    Text(
        nb="Du endret versjon {expected}, men den gjeldende er {actual}. Hent på nytt og prøv igjen.",
        nn="Du endra versjon {expected}, men den gjeldande er {actual}. Hent på nytt og prøv igjen.",
        en="You changed version {expected}, but the current one is {actual}. Fetch it again and retry.",
    ),
)
UNAVAILABLE = Problem(
    "unavailable",
    503,
    Text(nb="Utilgjengelig akkurat nå", nn="Utilgjengeleg akkurat no", en="Unavailable right now"),
    Text(
        nb="En del av tjenesten svarer ikke akkurat nå. Ingenting er endret. Prøv igjen om litt.",
        nn="Ein del av tenesta svarar ikkje akkurat no. Ingenting er endra. Prøv igjen om litt.",
        en="A part of the service does not answer right now. Nothing was changed. Try again shortly.",
    ),
)
OUTCOME_UNKNOWN = Problem(
    "outcome-unknown",
    503,
    Text(
        nb="Vi vet ikke om det ble gjort", nn="Vi veit ikkje om det vart gjort", en="We do not know whether it was done"
    ),
    Text(
        nb="Forbindelsen ble brutt før vi fikk svar. Det kan være gjort, og det kan hende det ikke er det. Send det samme én gang til, "
        "med samme Idempotency-Key der den brukes, eller hent på nytt og se: ingenting blir gjort to ganger.",
        nn="Sambandet vart brote før vi fekk svar. Det kan vere gjort, og det kan hende det ikkje er det. Send det same éin gong til, "
        "med same Idempotency-Key der den blir brukt, eller hent på nytt og sjå: ingenting blir gjort to gonger.",
        en="The connection broke before we had an answer. It may have been done, or not. Send the same again, with the same "
        "Idempotency-Key where one is used, or fetch it again and look: nothing is done twice.",
    ),
)
TOO_LARGE = Problem(
    "too-large",
    413,
    Text(nb="For stort", nn="For stort", en="Too large"),
    Text(
        nb="Det du sendte, er større enn det som tas imot her. Ingenting er lagret.",
        nn="Det du sende, er større enn det som blir teke imot her. Ingenting er lagra.",
        en="What you sent is larger than what is accepted here. Nothing was stored.",
    ),
)
METHOD_NOT_ALLOWED = Problem(
    "method-not-allowed",
    405,
    Text(nb="Metoden finnes ikke her", nn="Metoden finst ikkje her", en="The method does not exist here"),
    Text(
        nb="Denne adressen finnes, men ikke med denne metoden.",
        nn="Denne adressa finst, men ikkje med denne metoden.",
        en="This address exists, but not with this method.",
    ),
)
ERASED = Problem(
    "erased",
    410,
    Text(nb="Slettet", nn="Sletta", en="Erased"),
    Text(
        nb="Opplysningene er slettet og kan ikke hentes fram igjen.",
        nn="Opplysningane er sletta og kan ikkje hentast fram att.",
        en="The information has been erased and cannot be restored.",
    ),
)
INTERNAL = Problem(
    "internal",
    500,
    Text(nb="Feil hos oss", nn="Feil hos oss", en="Our fault"),
    Text(
        nb="Noe gikk galt hos oss. Ingenting er lagret. Vi ser feilen i loggen vår.",
        nn="Noko gjekk gale hos oss. Ingenting er lagra. Vi ser feilen i loggen vår.",
        en="Something went wrong on our side. Nothing was stored. We see the fault in our log.",
    ),
)
IDEMPOTENCY_MISMATCH = Problem(
    "idempotency-key-reused",
    422,
    Text(nb="Nøkkelen er brukt før", nn="Nøkkelen er brukt før", en="The key was used before"),
    Text(
        nb="Idempotency-Key er brukt før, til en annen forespørsel. Lag en ny nøkkel.",
        nn="Idempotency-Key er brukt før, til ein annan førespurnad. Lag ein ny nøkkel.",
        en="The Idempotency-Key was used before for another request. Make a new key.",
    ),
)
IDEMPOTENCY_BUSY = Problem(
    "idempotency-key-busy",
    409,
    Text(nb="Samme forespørsel er i gang", nn="Same førespurnad er i gang", en="The same request is under way"),
    Text(
        nb="En forespørsel med samme Idempotency-Key er ikke ferdig. Vent litt og prøv igjen.",
        nn="Ein førespurnad med same Idempotency-Key er ikkje ferdig. Vent litt og prøv igjen.",
        en="A request with the same Idempotency-Key is not finished. Wait a little and retry.",
    ),
    {"Retry-After": "1"},
)
HEADERS_TOO_LARGE = Problem(
    "headers-too-large",
    431,
    Text(nb="For store hoder", nn="For store hovud", en="Headers too large"),
    Text(
        nb="Adressen eller hodene i forespørselen er lengre enn det som tas imot.",
        nn="Adressa eller hovuda i førespurnaden er lengre enn det som blir teke imot.",
        en="The address or the headers of the request are longer than what is accepted.",
    ),
)
TOO_SLOW = Problem(
    "too-slow",
    408,
    Text(nb="Det tok for lang tid", nn="Det tok for lang tid", en="It took too long"),
    Text(
        nb="Innholdet kom ikke fram i tide. Ingenting er lagret. Prøv igjen.",
        nn="Innhaldet kom ikkje fram i tide. Ingenting er lagra. Prøv igjen.",
        en="The content did not arrive in time. Nothing was stored. Try again.",
    ),
)
