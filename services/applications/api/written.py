"""What people and case systems write, with its length: lines and paragraphs, no control characters."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from shared.web import printable

Printable = AfterValidator(printable)

CaseReference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Printable]
Asked = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), Printable]
Answered = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), Printable]
What = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), Printable]
Reasons = Annotated[str, StringConstraints(strip_whitespace=True, max_length=10000), Printable]
Law = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), Printable]
SendTo = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), Printable]
