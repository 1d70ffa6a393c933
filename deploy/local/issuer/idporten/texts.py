"""The words of the login pages, by hand in three languages."""

from deploy.local.register.models import Relation
from shared.texts import Text

LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
LANGUAGE = Text(nb="Språk", nn="Språk", en="Language")
NOTICE = Text(
    nb="Dette er en testinnlogging. Ingen av personene finnes.",
    nn="Dette er ei testinnlogging. Ingen av personane finst.",
    en="This is a login for testing. None of these persons exist.",
)
TITLE = Text(nb="Logg inn til {client}", nn="Logg inn til {client}", en="Log in to {client}")
CHOOSE = Text(nb="Velg hvem du vil logge inn som.", nn="Vel kven du vil logge inn som.", en="Choose whom to log in as.")
LEVEL = Text(nb="Sikkerhetsnivå: {level}.", nn="Tryggleiksnivå: {level}.", en="Level of assurance: {level}.")
LEVELS = {
    "idporten-loa-high": Text(nb="høyt", nn="høgt", en="high"),
    "idporten-loa-substantial": Text(nb="betydelig", nn="betydeleg", en="substantial"),
}
CANCEL = Text(nb="Avbryt", nn="Avbryt", en="Cancel")
FAMILY = Text(nb="Familien {name}", nn="Familien {name}", en="The {name} family")
YEARS = Text(nb="{years} år", nn="{years} år", en="{years} years")
ONE_YEAR = Text(nb="1 år", nn="1 år", en="1 year")
UNDER_ONE = Text(nb="under 1 år", nn="under 1 år", en="under 1 year")
ROLES = {
    Relation.MOTHER: Text(nb="mor", nn="mor", en="mother"),
    Relation.FATHER: Text(nb="far", nn="far", en="father"),
    Relation.CO_MOTHER: Text(nb="medmor", nn="medmor", en="co-mother"),
    Relation.FOSTER: Text(nb="fosterforelder", nn="fosterforelder", en="foster parent"),
    Relation.GUARDIAN: Text(nb="verge", nn="verje", en="guardian"),
}
CHILD = Text(nb="barn", nn="barn", en="child")
YOUTH = Text(nb="ungdom", nn="ungdom", en="youth")
YOUNG_ADULT = Text(nb="ung voksen", nn="ung vaksen", en="young adult")
ADULT = Text(nb="voksen", nn="vaksen", en="adult")

STOPPED = Text(nb="Innloggingen stoppet", nn="Innlogginga stoppa", en="The login stopped")
EXPIRED = Text(
    nb="Innloggingen er brukt eller har gått ut på tid. Gå tilbake til tjenesten og prøv igjen.",
    nn="Innlogginga er brukt eller har gått ut på tid. Gå tilbake til tenesta og prøv igjen.",
    en="The login has been used or has expired. Go back to the service and try again.",
)
OTHER_CLIENT = Text(
    nb="Tjenesten ba ikke om denne innloggingen. Gå tilbake til tjenesten og prøv igjen.",
    nn="Tenesta bad ikkje om denne innlogginga. Gå tilbake til tenesta og prøv igjen.",
    en="The service did not ask for this login. Go back to the service and try again.",
)
NOT_PUSHED = Text(
    nb="Tjenesten sendte deg hit uten å melde fra på forhånd. Den må sende forespørselen sin til /par først.",
    nn="Tenesta sende deg hit utan å melde frå på førehand. Ho må sende førespurnaden sin til /par først.",
    en="The service sent you here without notice. It must push its request to /par first.",
)
NOBODY = Text(
    nb="Denne personen kan ikke logge inn. Gå tilbake og velg en annen.",
    nn="Denne personen kan ikkje logge inn. Gå tilbake og vel ein annan.",
    en="This person cannot log in. Go back and choose another.",
)
BAD_STATE = Text(
    nb="Tjenesten sendte en ugyldig verdi for state.",
    nn="Tenesta sende ein ugyldig verdi for state.",
    en="The service sent a value for state that is not valid.",
)
LOGGED_OUT = Text(nb="Du er logget ut", nn="Du er logga ut", en="You are logged out")
LOGGED_OUT_MORE = Text(nb="Du kan lukke vinduet.", nn="Du kan lukke vindauget.", en="You can close the window.")
LOGGING_OUT_MORE = Text(
    nb="Du blir logget ut av de andre tjenestene også. Så går du tilbake til tjenesten.",
    nn="Du blir logga ut av dei andre tenestene òg. Så går du tilbake til tenesta.",
    en="You are being logged out of the other services too. Then you go back to the service.",
)
BACK = Text(nb="Tilbake til tjenesten", nn="Tilbake til tenesta", en="Back to the service")
LOGOUT_FRAME = Text(nb="Utlogging fra {client}", nn="Utlogging frå {client}", en="Logging out of {client}")

FRONT = Text(nb="Lokal innlogging", nn="Lokal innlogging", en="Local login")
FRONT_MORE = Text(
    nb="Her er to utstedere av tokens for utvikling og test. En tjeneste starter innloggingen og sender deg hit. Se docs/logging-in.md.",
    nn="Her er to utferdarar av tokens for utvikling og test. Ei teneste startar innlogginga og sender deg hit. Sjå docs/logging-in.md.",
    en="Here are two issuers of tokens, for development and tests. A service starts the login and sends you here. See docs/logging-in.md.",
)
FRONT_PEOPLE = Text(
    nb="For personer: oppfører seg som ID-porten",
    nn="For personar: oppfører seg som ID-porten",
    en="For people: behaves as ID-porten",
)
FRONT_SYSTEMS = Text(
    nb="For virksomheter: oppfører seg som Maskinporten",
    nn="For verksemder: oppfører seg som Maskinporten",
    en="For organisations: behaves as Maskinporten",
)
