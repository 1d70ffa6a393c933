"""The row of a protected child's read, fetched from the service that logged it, with a token that mapping signs itself."""

from uuid import uuid4

import pytest

from services.mapping.clients.access_rows import AccessRows
from services.mapping.clients.own_tokens import OwnTokens
from shared.domain import NotFound, Unavailable


def http_only(app):
    """The app is alive already: its lifespan is not run again."""

    async def served(scope, receive, send):
        if scope["type"] == "lifespan":
            for kind in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{kind}.complete"})
        else:
            await app(scope, receive, send)

    return served


@pytest.fixture
async def rights(start, serve, keys, clock):
    service = await start("rights")
    url = await serve(http_only(service.app))
    rows = AccessRows(
        OwnTokens(keys.signer("mapping", clock)), {"rights": url, "status": "http://127.0.0.1:9"}.__getitem__
    )
    yield service, rows
    await rows.close()


async def logged(service, child):
    row = uuid4()
    await service.rows(
        "insert into access_log (id, child_id, reader_kind, organisation, purpose, what, at, denied, protected)"
        " values (:row, :child, 'machine', '312480018', 'case-handling', 'rights', now(), false, true)",
        row=row,
        child=child,
    )
    return row


async def test_the_row_says_which_organisation_read(rights):
    service, rows = rights
    child = uuid4()
    answer = await rows.row("rights", await logged(service, child), child)
    assert (answer.organisation, answer.child_id) == ("312480018", child)


async def test_a_row_of_another_child_and_one_that_is_not_there_are_not_found(rights):
    service, rows = rights
    row = await logged(service, uuid4())
    for wanted in (row, uuid4()):
        with pytest.raises(NotFound):
            await rows.row("rights", wanted, uuid4())


async def test_a_service_that_is_away_is_unavailable(rights):
    _, rows = rights
    with pytest.raises(Unavailable):
        await rows.row("status", uuid4(), uuid4())
