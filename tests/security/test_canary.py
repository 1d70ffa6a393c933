"""What a family tells in confidence lies nowhere in clear: no log, trace, event or page of a file holds a word of it."""

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

import pytest

from deploy.local.register.people import read_people
from tests.security.canary import Scanner, checkpoint, files_under, forms, national_ids_in, records, table_rows
from tests.security.confidence import FATHER, NUMBER, TWIN, Told, confide
from tests.support.cluster import Cluster

PEOPLE = read_people()
FAMILY = [PEOPLE.person(*FATHER), PEOPLE.person(*TWIN)]


def needles(told: Told) -> Mapping[str, str]:
    """What must be nowhere."""
    names = {f"the name {each.name}": each.name for each in FAMILY}
    numbers = {f"the national id of {each.name}": each.national_id for each in FAMILY}
    return {
        "the words told": told.mark,
        "the family's name": "Gullfisk",
        "the told number": str(NUMBER),
        **names,
        **numbers,
    }


@pytest.fixture(scope="module")
async def told(cluster: Cluster) -> Told:
    """The story, told to the run's cluster, and everything on its way to the disk there."""
    found = await confide(cluster)
    await checkpoint(cluster)
    return found


@pytest.fixture(scope="module")
def scanner(told: Told) -> Scanner:
    """Looks for all of it."""
    return Scanner(needles(told))


@pytest.mark.timeout(180)
async def test_no_file_of_the_cluster_holds_a_word_of_it(cluster, scanner):
    assert not scanner.found_under(cluster.state)


async def test_no_row_of_any_table_holds_a_word_of_it(cluster, scanner):
    rows = await table_rows(cluster)
    assert {
        "somlos_mapping.mapping.fact",
        "somlos_status.status.complaint",
        "somlos_applications.applications.application",
    } <= set(rows)
    assert not [f"{table}: {hit}" for table, content in rows.items() for hit in scanner.found_in(content)]


async def test_no_record_of_any_topic_holds_a_word_of_it(cluster, scanner):
    told = await records(cluster)
    assert any(told.values())
    assert not [f"{topic}: {hit}" for topic, content in told.items() for hit in scanner.found_in(content)]


async def test_no_synthetic_person_is_in_a_log_a_trace_a_table_or_a_record(cluster, told):
    """Whoever else of the run has told a story there: neither number nor name."""
    persons = [each for family in PEOPLE.families for each in family.persons.values()]
    texts = {path.name: path.read_bytes() for name in ("logs", "traces") for path in files_under(cluster.state / name)}
    assert texts
    everything = {**texts, **await table_rows(cluster), **await records(cluster)}
    numbers, names = [each.national_id for each in persons], Scanner({each.name: each.name for each in persons})
    assert not {place: found for place, content in everything.items() if (found := national_ids_in(content, numbers))}
    assert not {place: found for place, content in everything.items() if (found := names.found_in(content))}


@pytest.mark.parametrize("form", forms("på kjøkkenet om våren"))
def test_the_scanner_finds_a_canary_in_every_form(tmp_path, form):
    words = "på kjøkkenet om våren"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "page").write_bytes(bytes(range(256)) * 40 + forms(words)[form] + b"\0" * 8192)
    assert f"deep/page: planted, {form}" in Scanner({"planted": words}).found_under(tmp_path)


@pytest.mark.parametrize("before", [b"", b"1", b"12", b"123"])
def test_base64_is_found_wherever_it_begins(before):
    told = b64encode(before + b"14838836047" + b", ...")
    assert Scanner({"planted": "14838836047"}).found_in(told)


def test_a_clean_folder_is_clean_and_an_empty_one_is_seen(tmp_path: Path):
    (tmp_path / "log").write_text("request answered")
    assert Scanner({"planted": "på kjøkkenet"}).found_under(tmp_path) == []
    assert [path.name for path in files_under(tmp_path)] == ["log"]


def test_a_number_is_a_persons_only_where_it_stands_alone():
    assert national_ids_in(b'{"id": 14838836047}', ["14838836047"]) == {"14838836047"}
    assert national_ids_in(b"0f14838836047aa", ["14838836047"]) == set()


async def test_the_scanner_sees_into_the_logs_the_traces_the_database_and_the_broker(cluster, told):
    """The application's id is no secret: it must be found where it is known to lie, or the scan above proves nothing."""
    case = Scanner({"the case": told.case})
    found = [
        f"{part}/{hit}" for part in ("postgres", "kafka") for hit in case.found_under(cluster.state / part / "data")
    ]
    for place in ("postgres/base/", "postgres/pg_wal/", "kafka/somlos.applications.application.v1-"):
        assert any(hit.startswith(place) for hit in found), place
    (cluster.state / "logs" / "planted.log").write_text(f'{{"event": "{told.words("Teksten")}"}}\n')
    (cluster.state / "traces" / "planted.jsonl").write_text(f'{{"name": "{told.words("Teksten")}"}}\n')
    try:
        for name in ("logs", "traces"):
            assert Scanner({"planted": told.mark}).found_under(cluster.state / name)
    finally:
        (cluster.state / "logs" / "planted.log").unlink()
        (cluster.state / "traces" / "planted.jsonl").unlink()
