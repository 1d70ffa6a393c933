"""Good requests to applications."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.support.asking.table import APPLICATIONS, NAV, Asked, asked, good, key, the_child
from tests.support.town import Town, body_of, etag_of

ANSWERS = [
    {"fact": "national_insurance_member", "state": "known", "value": True},
    {"fact": "needs_supervision_or_care_more_than_same_age", "state": "known", "value": True},
    {"fact": "private_care_provided", "state": "known", "value": True},
    {"fact": "lives_in_institution", "state": "known", "value": False},
    {"fact": "condition_permanent", "state": "known", "value": True},
]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n" + b"0" * 600


@good(f"POST {APPLICATIONS}")
async def start_application(town: Town) -> Asked:
    """A new draft."""
    body = {"child_id": str(await the_child(town)), "form_id": "hjelpestonad"}
    return await asked(town, f"POST {APPLICATIONS}", json=body, headers=key())


async def _of_a_draft(town: Town, route: str, **request: Any) -> Asked:
    draft = await (await start_application(town)).send(town)
    values = {"application_id": body_of(draft)["id"], **request.pop("values", {})}
    return await asked(town, route, values=values, headers={**etag_of(draft), **request.pop("headers", {})}, **request)


@good(f"PATCH {APPLICATIONS}/{{application_id}}")
async def fill_in(town: Town) -> Asked:
    """Her answers."""
    body = {"answers": ANSWERS, "free_text": "Vi er oppe flere ganger hver natt."}
    return await _of_a_draft(town, f"PATCH {APPLICATIONS}/{{application_id}}", json=body)


@good(f"POST {APPLICATIONS}/{{application_id}}/submission")
async def submit(town: Town) -> Asked:
    """She sends it in."""
    filled_in = await fill_in(town)
    answer = await filled_in.send(town)
    body_of(answer)
    headers = {**etag_of(answer), **key()}
    return await asked(
        town, f"POST {APPLICATIONS}/{{application_id}}/submission", values=filled_in.values, headers=headers
    )


async def submitted(town: Town) -> dict[str, str]:
    """An application that was sent in, as the values of an address."""
    asked_for = await submit(town)
    body_of(await asked_for.send(town))
    return {"application_id": asked_for.values["application_id"]}


@good(f"POST {APPLICATIONS}/{{application_id}}/withdrawal")
async def withdraw(town: Town) -> Asked:
    """She takes a draft back."""
    return await _of_a_draft(town, f"POST {APPLICATIONS}/{{application_id}}/withdrawal")


@good(f"GET {APPLICATIONS}")
async def applications(town: Town) -> Asked:
    """All she has."""
    await _of_a_draft(town, f"GET {APPLICATIONS}/{{application_id}}")
    return await asked(town, f"GET {APPLICATIONS}")


@good(f"GET {APPLICATIONS}/{{application_id}}")
async def one_application(town: Town) -> Asked:
    """One she has sent."""
    return await asked(town, f"GET {APPLICATIONS}/{{application_id}}", values=await submitted(town))


@good(f"POST {APPLICATIONS}/{{application_id}}/attachments")
async def attach(town: Town) -> Asked:
    """A file to a draft."""
    headers = {"Content-Type": "application/pdf", **key()}
    return await _of_a_draft(town, f"POST {APPLICATIONS}/{{application_id}}/attachments", content=PDF, headers=headers)


async def _attached(town: Town) -> dict[str, str]:
    request = await attach(town)
    return {**request.values, "attachment_id": body_of(await request.send(town))["id"]}


@good(f"GET {APPLICATIONS}/{{application_id}}/attachments")
async def attachments(town: Town) -> Asked:
    """What is attached."""
    return await asked(town, f"GET {APPLICATIONS}/{{application_id}}/attachments", values=await _attached(town))


@good(f"GET {APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}")
async def download(town: Town) -> Asked:
    """The file back."""
    return await asked(
        town, f"GET {APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}", values=await _attached(town)
    )


@good(f"DELETE {APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}")
async def take_off(town: Town) -> Asked:
    """The file taken off."""
    values = await _attached(town)
    read = await (await asked(town, f"GET {APPLICATIONS}/{{application_id}}/attachments", values=values)).send(town)
    route = f"DELETE {APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}"
    return await asked(town, route, values=values, headers=etag_of(read))


def _for_the_authority(template: str, ready: Callable[[Town], Awaitable[dict[str, str]]]) -> None:
    async def prepare(town: Town) -> Asked:
        values = await ready(town)
        return Asked("GET", template, await town.organisation(NAV, "GET", template.format_map(values)), values)

    good(f"GET {template}", "machine")(prepare)


async def _sent_with_a_file(town: Town) -> dict[str, str]:
    values = await _attached(town)
    route = f"{APPLICATIONS}/{{application_id}}"
    read = await (await asked(town, f"GET {route}", values=values)).send(town)
    filled = await (
        await asked(town, f"PATCH {route}", values=values, json={"answers": ANSWERS}, headers=etag_of(read))
    ).send(town)
    body_of(
        await (await asked(town, f"POST {route}/submission", values=values, headers={**etag_of(filled), **key()})).send(
            town
        )
    )
    return values


_for_the_authority(APPLICATIONS, submitted)
_for_the_authority(f"{APPLICATIONS}/{{application_id}}", submitted)
_for_the_authority(f"{APPLICATIONS}/{{application_id}}/attachments", _sent_with_a_file)
_for_the_authority(f"{APPLICATIONS}/{{application_id}}/attachments/{{attachment_id}}", _sent_with_a_file)
