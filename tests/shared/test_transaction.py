"""One transaction, one caller: what commits, what rolls back, what is written beside it."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from deploy.local.postgres import PostgresServer, passwords_for
from shared.auth.principals import Subject, worker
from shared.crypto import FileKeyProvider, Sealer, read_hex_key
from shared.db.transaction import Database
from shared.domain import DomainError, Unavailable
from shared.events.mapping import ProfileUpdated
from tests.support.callers import citizen, machine
from tests.support.keeper import free_port

NOTE = text("insert into note (id, subject_id, words) values (:id, :subject, 'x')")


async def write_note(tx, subject):
    await tx.connection.execute(NOTE, {"id": tx.new_id(), "subject": subject})


async def test_what_was_written_is_there_when_the_block_ends(toy):
    database, child = await toy("rights"), uuid4()
    async with database.begin(citizen(children=[child])) as tx:
        await write_note(tx, child)
        await tx.emit(ProfileUpdated(child_id=child, version=1), version=1)
    assert len(await database.clone.rows("select * from note")) == 1
    assert len(await database.clone.rows("select * from outbox")) == 1


async def test_a_refusal_takes_back_the_change_and_its_event(toy):
    database, child = await toy("rights"), uuid4()

    class Refused(DomainError):
        pass

    async def refuse():
        async with database.begin(citizen(children=[child])) as tx:
            await write_note(tx, child)
            await tx.emit(ProfileUpdated(child_id=child, version=1), version=1)
            raise Refused

    with pytest.raises(Refused):
        await refuse()
    assert await database.clone.rows("select * from note") == []
    assert await database.clone.rows("select * from outbox") == []


async def test_an_event_carries_its_envelope_and_nothing_but_its_fields(toy, clock):
    database, child = await toy("rights"), uuid4()
    async with database.begin(worker("rights")) as tx:
        await tx.emit(ProfileUpdated(child_id=child, version=7), version=7)
    [row] = await database.clone.rows("select * from outbox")
    assert (row["topic"], row["type"]) == ("somlos.mapping.profile.v1", "no.somlos.profile.updated.v1")
    assert (row["key"], row["aggregate_id"], row["epoch"], row["version"]) == (child, child, 1, 7)
    assert (row["at"], row["sent_at"]) == (clock.now(), None)
    assert json.loads(row["data"]) == {"child_id": str(child), "version": 7}


async def test_two_events_cannot_have_the_same_version(toy):
    database, child = await toy("rights"), uuid4()

    async def emit_twice():
        async with database.begin(worker("rights")) as tx:
            await tx.emit(ProfileUpdated(child_id=child, version=2), version=2)
            await tx.emit(ProfileUpdated(child_id=child, version=2), version=2)

    with pytest.raises(IntegrityError):
        await emit_twice()
    assert await database.clone.rows("select * from outbox") == []


async def test_the_caller_is_forgotten_when_the_connection_goes_back(toy):
    database, child = await toy("rights"), uuid4()
    async with database.begin(citizen(children=[child])) as tx:
        await write_note(tx, child)
    for _ in range(4):
        async with database.begin(citizen()) as tx:
            assert (await tx.connection.execute(text("select * from note"))).all() == []
    assert await database.clone.rows_as_service("select * from note") == []


async def test_a_read_leaves_a_line_and_tells_of_it(toy, clock):
    database, child, mother = await toy("rights"), uuid4(), uuid4()
    async with database.begin(citizen(mother, [child])) as tx:
        await tx.reads(child, "rights")
    [line] = await database.clone.rows("select * from access_log")
    assert (line["child_id"], line["reader_kind"], line["reader_id"], line["what"]) == (
        child,
        "citizen",
        mother,
        "rights",
    )
    assert (line["at"], line["denied"], line["protected"]) == (clock.now(), False, False)
    [told] = await database.clone.rows("select * from outbox")
    assert (told["topic"], told["key"], told["aggregate_id"], told["version"]) == (
        "somlos.rights.access-log.v1",
        child,
        line["id"],
        1,
    )
    assert json.loads(told["data"])["row_id"] == str(line["id"])


async def test_of_a_protected_child_the_event_names_no_organisation(toy):
    database, child = await toy("rights"), uuid4()
    caller = replace(machine("312480018"), subjects={child: Subject("party", protected=True)})
    async with database.begin(caller) as tx:
        await tx.reads(child, "profile")
    [told] = await database.clone.rows("select data from outbox")
    assert "312480018" not in told["data"]
    [line] = await database.clone.rows("select organisation, protected from access_log")
    assert line == {"organisation": "312480018", "protected": True}


@pytest.mark.parametrize("table", ["access_log", "outbox"])
async def test_when_the_log_cannot_be_written_nothing_is_served(toy, table):
    database, child = await toy("rights"), uuid4()
    await database.clone.rows(f"revoke insert on {table} from rights")
    with pytest.raises(Unavailable):
        async with database.begin(citizen(children=[child])) as tx:
            await tx.reads(child, "rights")
    assert await database.clone.rows("select * from access_log") == []


@pytest.mark.parametrize(
    "statement", ["update access_log set what = 'nothing'", "delete from access_log", "truncate access_log"]
)
async def test_nobody_changes_the_log(toy, statement):
    database, child = await toy("rights"), uuid4()
    async with database.begin(citizen(children=[child])) as tx:
        await tx.reads(child, "rights")
    with pytest.raises(Exception, match="permission denied"):
        await database.clone.rows_as_service(statement, {"kind": "worker"})


OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name and pid <> pg_backend_pid()"


async def test_while_the_database_is_away_the_answer_is_unavailable_and_then_it_heals(tmp_path, keys):
    server = PostgresServer(tmp_path / "postgres", free_port(), passwords_for(["rights"]), durable=False)
    await server.start()
    await server.create_service_database("rights")
    sealer = Sealer(FileKeyProvider(tmp_path / "data-keys", "rights", read_hex_key(keys.master)))
    database = Database(server.url("rights"), service="rights", sealer=sealer, pool_size=2)
    assert await database.answers()
    await server.stop()
    assert not await database.answers()
    with pytest.raises(Unavailable):
        await database.begin(worker("rights")).__aenter__()
    await server.start()
    assert await database.answers()
    await database.close()
    await server.stop()


async def test_a_connection_that_the_server_ended_is_replaced(toy):
    database = await toy("rights")
    assert await database.answers()
    await database.clone.rows(OTHERS, name=database.clone.name)
    async with database.begin(worker("rights")) as tx:
        assert await tx.connection.scalar(text("select 1")) == 1


async def test_a_server_that_dies_inside_the_block_is_unavailable(toy):
    database = await toy("rights")

    async def lose_it():
        async with database.begin(worker("rights")) as tx:
            await database.clone.rows(OTHERS, name=database.clone.name)
            await tx.connection.execute(text("select 1"))

    with pytest.raises(Unavailable):
        await lose_it()
    assert await database.answers()


async def test_a_server_that_dies_before_the_commit_leaves_nothing_and_says_so(toy):
    database, child = await toy("rights"), uuid4()

    async def lose_it():
        async with database.begin(citizen(children=[child])) as tx:
            await write_note(tx, child)
            await database.clone.rows(OTHERS, name=database.clone.name)

    with pytest.raises(Unavailable):
        await lose_it()
    assert await database.clone.rows("select * from note") == []
