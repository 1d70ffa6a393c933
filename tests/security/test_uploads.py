"""Files that are not what they seem, attached through the door: refused in words, with nothing kept, or handed out so that they can do no harm."""

import io
import zipfile
from dataclasses import replace

import pytest

from services.applications.domain.attachment import MAX_BYTES
from tests.security.strangers import good_request
from tests.support.asking.applications import PDF

ATTACH = "POST /applications/v1/applications/{application_id}/attachments"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
SCRIPT = b"<script>alert(document.domain)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
# The test file that every virus scanner knows (eicar.org). In two halves, so that a scanner leaves this file alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + b"VBA_PROJECT\x00Attribut\x00e VB_Nam"


def office(*names):
    """An Office document with these parts, as Word and Excel zip them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<xml/>")
    return file.getvalue()


DOCM, XLSM = office("word/document.xml", "word/vbaProject.bin"), office("xl/workbook.xml", "xl/vbaProject.bin")
REFUSED = {
    "a page called PDF": (b"<!DOCTYPE html><html>" + SCRIPT, "file-type-refused"),
    "an SVG with a script": (SVG, "file-type-refused"),
    "a Word document with macros": (DOCM, "file-type-refused"),
    "an Excel sheet with macros": (XLSM, "file-type-refused"),
    "an old Word document with macros": (OLE, "file-type-refused"),
    "an RTF document": (b"{\\rtf1\\ansi{\\object\\objocx}}", "file-type-refused"),
    "EICAR": (EICAR, "file-type-refused"),
    "EICAR in an archive": (office(EICAR.decode()), "file-type-refused"),
    "a program": (b"MZ\x90\x00" + b"\x00" * 200, "file-type-refused"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "file-type-refused"),
    "an archive": (office("a.txt"), "file-type-refused"),
    "a GIF that is a script": (b"GIF89a/*" + b"\x00" * 20 + b"*/=alert(1)//", "file-type-refused"),
    "a PDF after other bytes": (b"\n" * 100 + PDF, "file-type-refused"),
    "a form with a file in it": (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
        + PDF
        + b"\r\n--b--\r\n",
        "file-type-refused",
    ),
    "nothing": (b"", "file-empty"),
    "a PDF that is a page": (b"%PDF-1.7\n" + SCRIPT + PDF, "file-is-more-than-one-thing"),
    "a picture that is a page": (JPEG + b"\xff\xfe\x00\x40<HTML><Body onload=alert(1)>", "file-is-more-than-one-thing"),
    "a picture that is PHP": (PNG + b"\x00\x00\x00\x10tEXt<?php system($_GET[0]);", "file-is-more-than-one-thing"),
    "a picture that is a Word document": (JPEG + b"0" * 70_000 + DOCM, "file-is-more-than-one-thing"),
    "a PDF that is a program": (PDF + office("META-INF/MANIFEST.MF", "A.class"), "file-is-more-than-one-thing"),
    "an archive with a long word after it": (
        PDF + office("A.class")[:-2] + b"\xff\xff" + b"0" * 65535,
        "file-is-more-than-one-thing",
    ),
}


@pytest.fixture(scope="module")
async def draft(outside):
    """A draft to attach to."""
    return await good_request(outside, ATTACH, "citizen")


async def attach(outside, draft, content, key, **headers):
    """The answer to this file."""
    good, token = draft
    sent = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, "Content-Type": "application/pdf", **headers}
    return await outside.http.post(good.path, content=content, headers=sent)


async def kept(outside, draft):
    """What is attached, and the sealed files that lie there."""
    good, token = draft
    listed = await outside.http.get(good.path, headers={"Authorization": f"Bearer {token}"})
    folder = outside.town["applications"].app.state.settings.attachments_dir
    return listed.json()["items"], sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", REFUSED)
async def test_a_file_that_is_not_what_it_is_called_is_refused_and_not_kept(outside, draft, name):
    content, problem = REFUSED[name]
    before = await kept(outside, draft)
    answer = await attach(
        outside,
        draft,
        content,
        f"refused-{list(REFUSED).index(name)}",
        **{"Content-Disposition": "attachment; filename=a.pdf"},
    )
    assert answer.status_code == 422
    assert answer.json()["type"] == f"urn:somlos:problem:{problem}"
    assert answer.json()["detail"]
    assert await kept(outside, draft) == before


async def test_a_file_past_the_limit_is_refused_and_not_kept(outside, draft):
    before = await kept(outside, draft)
    answer = await attach(outside, draft, PDF + b"0" * MAX_BYTES, "far-too-large")
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:somlos:problem:too-large")
    assert await kept(outside, draft) == before


@pytest.mark.parametrize(
    "said", ["text/html", "image/svg+xml", "application/x-msdownload", "multipart/form-data; boundary=b"]
)
async def test_what_a_file_is_said_to_be_is_not_believed(outside, draft, said):
    answer = await attach(outside, draft, PDF, f"said-{said[:8]}", **{"Content-Type": said})
    assert (answer.status_code, answer.json()["media_type"]) == (201, "application/pdf")


async def test_what_is_handed_out_can_run_nowhere(outside):
    draft = await good_request(outside, ATTACH, "citizen")
    name = {"Content-Disposition": "attachment; filename*=UTF-8''%E2%80%AEfdp.exe%0d%0aX-A:%20b.html"}
    taken = (await attach(outside, draft, PDF, "to-be-handed-out", **name)).json()
    good, token = draft
    out = await outside.http.get(f"{good.path}/{taken['id']}", headers={"Authorization": f"Bearer {token}"})
    assert (out.status_code, out.content) == (200, PDF)
    assert out.headers["content-type"] == "application/pdf"
    assert out.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert out.headers["content-disposition"].endswith(".html.pdf")
    assert not [odd for odd in ("%E2%80%AE", "%0D", "%0A") if odd in out.headers["content-disposition"]]
    assert "x-a" not in out.headers
    assert out.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in out.headers["content-security-policy"]
    assert out.headers["cache-control"] == "no-store"
    assert out.headers["cross-origin-resource-policy"] == "same-origin"


async def test_documents_and_pictures_as_programs_make_them_are_taken(outside):
    draft = await good_request(outside, ATTACH, "citizen")
    metadata = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF/></x:xmpmeta><?xpacket end="w"?>'
    for number, content in enumerate((PDF + metadata, JPEG + metadata + b"\xff\xd9", PNG + b"IEND\xaeB`\x82")):
        answer = await attach(outside, draft, content, f"as-made-{number}")
        assert answer.status_code == 201, answer.text


async def test_the_same_key_with_another_file_is_refused(outside):
    good, token = await good_request(outside, ATTACH, "citizen")
    draft = (replace(good), token)
    assert (await attach(outside, draft, PDF, "one-key-two-files")).status_code == 201
    other = await attach(outside, draft, PNG, "one-key-two-files")
    assert (other.status_code, other.json()["type"]) == (422, "urn:somlos:problem:idempotency-key-reused")
