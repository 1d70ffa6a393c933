"""What this service may refuse."""

from shared.domain import DomainError


class MayNotApply(DomainError):
    """This person may not apply for this right (who_may, and the child's age on the day)."""

    def __init__(self, right_id: str, who_may: tuple[str, ...]) -> None:
        super().__init__(right_id)
        self.right_id, self.who_may = right_id, ", ".join(who_may)


class NotTheApplicant(DomainError):
    """Others may see the case; only the one who applied may change it."""


class NotADraft(DomainError):
    """What has been sent in does not change."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class AlreadySubmitted(NotADraft):
    """An application is sent in once."""


class CannotWithdraw(DomainError):
    """It is decided, or withdrawn already."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class AuthorityUnknown(DomainError):
    """Nobody here knows who decides this for where the child lives; there is no default."""

    def __init__(self, authority: str) -> None:
        super().__init__(authority)
        self.authority = authority


class FormRetired(DomainError):
    """The draft's form is no longer here. (A new version of a form is no hindrance: the draft follows it.)"""

    def __init__(self, form_id: str) -> None:
        super().__init__(form_id)
        self.form_id = form_id


class FileTooLarge(DomainError):
    """The file is larger than an attachment may be."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__("too large")
        self.limit_bytes = limit_bytes
        self.limit_mib = limit_bytes // (1024 * 1024)


class FileTypeRefused(DomainError):
    """The content is not one of the kinds that authorities can open, whatever the file is called."""


class FileIsMore(DomainError):
    """The content is a document or picture, and something else as well: an archive, a page with a script."""


class FileEmpty(DomainError):
    """There is nothing in the file."""


class TooManyAttachments(DomainError):
    """The application holds as many attachments as it may."""

    def __init__(self, limit: int) -> None:
        super().__init__("too many")
        self.limit = limit


class WrongStep(DomainError):
    """The case is not where this step can be taken. `due`: the step that is next, None when there is none."""

    def __init__(self, step: str, status: str, due: str | None) -> None:
        super().__init__(f"{step} in {status}")
        self.step, self.status, self.due = step, status, due


class ReceiptIsDue(WrongStep):
    """The authority has not acknowledged the application yet."""


class AnswerIsDue(WrongStep):
    """The family has been asked for documentation and has not answered yet."""


class DecisionIsDue(WrongStep):
    """It is acknowledged, and nothing is asked for: what remains is to decide."""


class NothingIsDue(WrongStep):
    """It is decided or withdrawn, or has not been sent in."""


class TooManyRequests(DomainError):
    """The authority has asked for documentation as often as it may in one case."""

    def __init__(self, limit: int) -> None:
        super().__init__("too many")
        self.limit = limit
