"""Which refusal of ours is which HTTP status."""

from collections.abc import Mapping

from services.applications.api.step_problems import STEPS
from services.applications.domain import errors
from shared.domain import DomainError
from shared.problems import TOO_LARGE, Problem
from shared.texts import Text

PROBLEMS: Mapping[type[DomainError], Problem] = {
    errors.MayNotApply: Problem(
        "may-not-apply",
        403,
        Text(nb="Du kan ikke søke om dette", nn="Du kan ikkje søkje om dette", en="You cannot apply for this"),
        Text(
            nb="Retten sier hvem som kan søke, og fra hvilken alder. Du er ikke blant dem i dag.",
            nn="Retten seier kven som kan søkje, og frå kva alder. Du er ikkje mellom dei i dag.",
            en="The right says who may apply, and from what age. Today you are not among them.",
        ),
    ),
    errors.NotTheApplicant: Problem(
        "not-the-applicant",
        403,
        Text(
            nb="Bare søkeren kan endre søknaden",
            nn="Berre søkjaren kan endre søknaden",
            en="Only the applicant can change it",
        ),
        Text(
            nb="Du kan se at søknaden finnes. Bare den som søkte, kan endre eller trekke den.",
            nn="Du kan sjå at søknaden finst. Berre den som søkte, kan endre eller trekkje han.",
            en="You can see the application. Only the one who applied can change or withdraw it.",
        ),
    ),
    errors.AlreadySubmitted: Problem(
        "already-submitted",
        409,
        Text(nb="Søknaden er alt sendt", nn="Søknaden er alt send", en="The application is already sent"),
        Text(
            nb="En søknad sendes én gang. Det du sendte, står slik du sendte det.",
            nn="Ein søknad blir send éin gong. Det du sende, står slik du sende det.",
            en="An application is sent once. What you sent stands as you sent it.",
        ),
    ),
    errors.NotADraft: Problem(
        "not-a-draft",
        409,
        Text(nb="Søknaden kan ikke endres", nn="Søknaden kan ikkje endrast", en="The application cannot be changed"),
        Text(
            nb="Bare en søknad som ikke er sendt, kan endres.",
            nn="Berre ein søknad som ikkje er send, kan endrast.",
            en="Only an application that has not been sent can be changed.",
        ),
    ),
    errors.CannotWithdraw: Problem(
        "cannot-withdraw",
        409,
        Text(
            nb="Søknaden kan ikke trekkes", nn="Søknaden kan ikkje trekkjast", en="The application cannot be withdrawn"
        ),
        Text(
            nb="Den er avgjort eller trukket fra før.",
            nn="Han er avgjord eller trekt frå før.",
            en="It has been decided, or withdrawn before.",
        ),
    ),
    errors.AuthorityUnknown: Problem(
        "authority-unknown",
        422,
        Text(
            nb="Vi vet ikke hvem som avgjør dette",
            nn="Vi veit ikkje kven som avgjer dette",
            en="Who decides is not known here",
        ),
        Text(
            nb="Det er ikke kjent her hvem som avgjør dette der barnet bor. Søknaden er ikke sendt. Søk direkte hos den som avgjør.",
            nn="Det er ikkje kjent her kven som avgjer dette der barnet bur. Søknaden er ikkje send. Søk direkte hos den som avgjer.",
            en="It is not known here who decides this where the child lives. Nothing was sent. Apply directly to whoever decides.",
        ),
    ),
    errors.FormRetired: Problem(
        "form-retired",
        409,
        Text(
            nb="Skjemaet er ikke i bruk lenger", nn="Skjemaet er ikkje i bruk lenger", en="The form is no longer in use"
        ),
        Text(
            nb="Søknaden kan ikke sendes herfra. Du kan trekke den.",
            nn="Søknaden kan ikkje sendast herifrå. Du kan trekkje han.",
            en="The application cannot be sent from here. You can withdraw it.",
        ),
    ),
    errors.FileTooLarge: Problem(
        TOO_LARGE.slug,
        413,
        Text(nb="Filen er for stor", nn="Fila er for stor", en="The file is too large"),
        Text(
            nb="En fil kan være på høyst {limit_mib} MiB. Den ble ikke lagret.",
            nn="Ei fil kan vere på høgst {limit_mib} MiB. Ho vart ikkje lagra.",
            en="A file may be {limit_mib} MiB at most. It was not stored.",
        ),
    ),
    errors.FileTypeRefused: Problem(
        "file-type-refused",
        422,
        Text(nb="Filtypen kan ikke brukes", nn="Filtypen kan ikkje brukast", en="This kind of file cannot be used"),
        Text(
            nb="Legg ved PDF, JPEG, PNG eller HEIC. Vi ser på innholdet, ikke på navnet.",
            nn="Legg ved PDF, JPEG, PNG eller HEIC. Vi ser på innhaldet, ikkje på namnet.",
            en="Attach PDF, JPEG, PNG or HEIC. We look at the content, not at the name.",
        ),
    ),
    errors.FileIsMore: Problem(
        "file-is-more-than-one-thing",
        422,
        Text(
            nb="Filen er mer enn den ser ut til",
            nn="Fila er meir enn ho ser ut til",
            en="The file is more than it seems",
        ),
        Text(
            nb="Filen inneholder også noe annet enn et dokument eller bilde. Lagre dokumentet på nytt som PDF, eller ta et bilde av det.",
            nn="Fila inneheld også noko anna enn eit dokument eller bilete. Lagre dokumentet på nytt som PDF, eller ta eit bilete av det.",
            en="The file also holds something other than a document or a picture. Save the document as PDF anew, or take a picture of it.",
        ),
    ),
    errors.FileEmpty: Problem(
        "file-empty",
        422,
        Text(nb="Filen er tom", nn="Fila er tom", en="The file is empty"),
        Text(nb="Det var ingenting i filen.", nn="Det var ingenting i fila.", en="There was nothing in the file."),
    ),
    errors.TooManyAttachments: Problem(
        "too-many-attachments",
        409,
        Text(nb="For mange vedlegg", nn="For mange vedlegg", en="Too many attachments"),
        Text(
            nb="En søknad kan ha høyst {limit} vedlegg. Fjern et først.",
            nn="Ein søknad kan ha høgst {limit} vedlegg. Fjern eitt først.",
            en="An application may have {limit} attachments at most. Remove one first.",
        ),
    ),
    **STEPS,
}
