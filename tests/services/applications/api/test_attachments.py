"""Attachments: what is taken in, how it lies, who gets it out."""

import hashlib
from uuid import uuid4

import pytest

from services.applications import worker
from services.applications.api.upload import safe_name
from tests.services.applications.world import ANSWERS, APPLICATIONS, BODO, NAV, PDF, key
from tests.support.callers import citizen, machine

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"0" * 300
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 300
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"0" * 300


def files_of(world):
    folder = world.service.app.state.settings.attachments_dir
    return sorted(path.name for path in folder.iterdir())


async def attach(world, application, content=PDF, caller=None, query="", **headers):
    path = f"{APPLICATIONS}/{application['id']}/attachments{query}"
    return await world.service.post(path, caller or world.mother, content=content, headers={**key(), **headers})


async def test_a_file_comes_out_as_it_went_in(world):
    draft = (await world.start()).json()
    name = {
        "Content-Disposition": "attachment; filename*=UTF-8''d%C3%B8gnrytme%20uke%2047.pdf",
        "Content-Type": "application/octet-stream",
    }
    answer = await attach(world, draft, query="?documentation=care-round-the-clock", **name)
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["media_type"], kept["size"], kept["sha256"]) == (
        "application/pdf",
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
    )
    assert (kept["file_name"], kept["documentation"]) == ("døgnrytme uke 47.pdf", "care-round-the-clock")
    out = await world.service.get(f"{APPLICATIONS}/{draft['id']}/attachments/{kept['id']}", world.mother)
    assert (out.status_code, out.content, out.headers["Content-Type"]) == (200, PDF, "application/pdf")
    assert out.headers["Content-Disposition"] == "attachment; filename*=UTF-8''d%C3%B8gnrytme%20uke%2047.pdf"
    assert (out.headers["X-Content-Type-Options"], out.headers["Cache-Control"]) == ("nosniff", "no-store")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png"), (HEIC, "image/heic")],
)
async def test_the_type_is_found_in_the_content(world, content, media_type):
    draft = (await world.start()).json()
    answer = await attach(world, draft, content, **{"Content-Type": "text/plain"})
    assert (answer.status_code, answer.json()["media_type"]) == (201, media_type)


@pytest.mark.parametrize(
    ("content", "slug"),
    [(b"<html><script>", "file-type-refused"), (b"MZ" + b"0" * 100, "file-type-refused"), (b"", "file-empty")],
)
async def test_anything_else_is_refused_and_leaves_nothing(world, content, slug):
    draft = (await world.start()).json()
    answer = await attach(world, draft, content, **{"Content-Disposition": "attachment; filename=cv.pdf"})
    assert (answer.status_code, answer.json()["type"]) == (422, f"urn:somlos:problem:{slug}")
    assert files_of(world) == []


async def test_a_file_that_is_too_large_is_refused_and_leaves_nothing(world):
    draft = (await world.start()).json()
    answer = await attach(world, draft, PDF + b"0" * (10 * 1024 * 1024))
    assert answer.status_code == 413
    assert files_of(world) == []


async def test_the_content_lies_sealed_under_the_attachments_id(world):
    draft = (await world.start()).json()
    kept = (await attach(world, draft)).json()
    assert files_of(world) == [kept["id"]]
    lying = (world.service.app.state.settings.attachments_dir / kept["id"]).read_bytes()
    assert b"%PDF" not in lying
    [row] = await world.service.rows("select file_name from attachment")
    assert b"vedlegg" not in bytes(row["file_name"])


async def test_a_file_of_many_pieces_comes_out_whole(world):
    draft = (await world.start()).json()
    large = PDF + bytes(range(256)) * 4096
    kept = (await attach(world, draft, large)).json()
    assert (
        await world.service.get(f"{APPLICATIONS}/{draft['id']}/attachments/{kept['id']}", world.mother)
    ).content == large


async def test_the_same_key_attaches_once(world):
    draft, header = (await world.start()).json(), key()
    first = await attach(world, draft, **header)
    again = await attach(world, draft, **header)
    assert first.json() == again.json()
    assert files_of(world) == [first.json()["id"]]
    other = await attach(world, draft, PNG, **header)
    assert other.status_code == 422
    assert files_of(world) == [first.json()["id"]]


async def test_twenty_files_are_enough(world):
    draft = (await world.start()).json()
    answers = [(await attach(world, draft)).status_code for _ in range(20)]
    assert set(answers) == {201}
    full = await attach(world, draft)
    assert (full.status_code, full.json()["type"]) == (409, "urn:somlos:problem:too-many-attachments")
    assert len(files_of(world)) == 20


async def test_documentation_that_the_form_does_not_ask_for_is_named(world):
    draft = (await world.start()).json()
    answer = await attach(world, draft, query="?documentation=tax-return")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "documentation")


async def test_a_file_is_taken_off_a_draft_and_its_content_goes(world):
    draft = (await world.start()).json()
    kept = (await attach(world, draft)).json()
    path = f"{APPLICATIONS}/{draft['id']}/attachments/{kept['id']}"
    assert (await world.service.delete(path, world.mother)).status_code == 428
    gone = await world.service.delete(path, world.mother, headers={"If-Match": await world.etag(draft)})
    assert (gone.status_code, gone.headers["ETag"]) == (204, await world.etag(draft))
    assert files_of(world) == []
    assert (await world.service.get(path, world.mother)).status_code == 404


async def test_nothing_is_attached_to_what_was_sent(world):
    sent = await world.submitted()
    assert (await attach(world, sent)).json()["type"] == "urn:somlos:problem:not-a-draft"
    assert files_of(world) == []


async def test_the_addressed_authority_gets_the_file_and_no_one_else(world):
    draft = (await world.start()).json()
    kept = (await attach(world, draft)).json()
    path = f"{APPLICATIONS}/{draft['id']}/attachments/{kept['id']}"
    assert (await world.service.get(path, machine(NAV))).status_code == 404
    await world.change(draft, *ANSWERS)
    assert (await world.submit(draft)).status_code == 201
    assert (await world.service.get(path, machine(NAV))).content == PDF
    assert [
        each["id"]
        for each in (await world.service.get(f"{APPLICATIONS}/{draft['id']}/attachments", machine(NAV))).json()["items"]
    ] == [kept["id"]]
    for stranger in (machine(BODO), citizen()):
        assert (await world.service.get(path, stranger)).status_code == 404
    rows = await world.service.rows("select what from access_log where organisation = :nav order by id", nav=NAV)
    assert [row["what"] for row in rows] == ["attachment", "attachments"]


async def test_an_attachment_of_another_application_is_not_found_here(world):
    one, two = (await world.start()).json(), (await world.start()).json()
    kept = (await attach(world, one)).json()
    assert (
        await world.service.get(f"{APPLICATIONS}/{two['id']}/attachments/{kept['id']}", world.mother)
    ).status_code == 404
    assert (await attach(world, one, caller=citizen())).status_code == 404


async def test_the_other_guardian_gets_no_file_of_a_guardians_own_application(world):
    draft = (await world.start("avlastning")).json()
    kept = (await attach(world, draft)).json()
    for fact, value in (("care_need_level", "extensive"), ("continuous_care_need", True)):
        await world.change(draft, {"fact": fact, "state": "known", "value": value})
    assert (await world.submit(draft)).status_code == 201
    path = f"{APPLICATIONS}/{draft['id']}/attachments"
    assert (await world.service.get(path, world.father)).json()["items"] == []
    assert (await world.service.get(f"{path}/{kept['id']}", world.father)).status_code == 404


async def test_a_file_that_was_cut_or_moved_does_not_open(world):
    draft = (await world.start()).json()
    one = (await attach(world, draft, PDF + b"1" * 600_000)).json()
    other = (await attach(world, draft, PDF)).json()
    folder = world.service.app.state.settings.attachments_dir
    path = f"{APPLICATIONS}/{draft['id']}/attachments"
    (folder / other["id"]).write_bytes((folder / one["id"]).read_bytes())
    assert (await world.service.get(f"{path}/{other['id']}", world.mother)).status_code == 500
    whole = (folder / one["id"]).read_bytes()
    (folder / one["id"]).write_bytes(whole[:200_000])
    assert (await world.service.get(f"{path}/{one['id']}", world.mother)).status_code == 500


async def test_the_sweep_removes_what_no_attachment_owns_and_nothing_else(world):
    draft = (await world.start()).json()
    kept = (await attach(world, draft)).json()
    folder, files = world.service.app.state.settings.attachments_dir, world.service.app.state.attachment_files
    for name in (str(uuid4()), f"{uuid4()}.part"):
        (folder / name).write_bytes(b"left by a crash")
    assert await worker.sweep(world.service.app.state.database, files) == 0
    world.service.clock.move_to(world.service.clock.now().replace(year=2100))
    assert await worker.sweep(world.service.app.state.database, files) == 1
    assert files_of(world) == [kept["id"]]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, "vedlegg.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ("søknad.PDF", "søknad.PDF"),
        ("virus.exe", "virus.exe.pdf"),
        ("\u202egpj.exe\r\n", "gpj.exe.pdf"),
        ("a" * 500, "a" * 120 + ".pdf"),
        (" . ", "vedlegg.pdf"),
    ],
)
def test_a_file_name_is_safe_to_save_under(given, kept):
    assert safe_name(given, "application/pdf") == kept
