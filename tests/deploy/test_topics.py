"""Who may read and write what on Kafka, as it is declared."""

from pathlib import Path

import pytest

from deploy.local.topics import Rule, declared

ORGANISATIONS = "organisations:\n  - {orgnr: '310000005', kafka: true}\n  - {orgnr: '310000013', kafka: false}\n"


@pytest.fixture
def rules(tmp_path: Path) -> frozenset[Rule]:
    file = tmp_path / "organisations.yaml"
    file.write_text(ORGANISATIONS)
    return declared(organisations=file).rules


def test_nobody_but_its_owner_writes_a_services_topics(rules: frozenset[Rule]) -> None:
    writers = {(rule.name, rule.user) for rule in rules if rule.kind == "topic" and rule.operation == "write"}
    assert all(name == f"somlos.{user}." for name, user in writers if name.startswith("somlos."))


def test_a_partner_reads_its_events_and_writes_its_case_statuses_by_literal_names_and_nothing_else(
    rules: frozenset[Rule],
) -> None:
    assert {rule for rule in rules if rule.user == "310000005"} == {
        Rule("310000005", "topic", "partner.310000005.events.v1", False, "read"),
        Rule("310000005", "topic", "partner.310000005.case-status.v1", False, "write"),
        Rule("310000005", "group", "310000005.", True, "read"),
    }


def test_an_organisation_without_kafka_has_no_user_and_no_topic(tmp_path: Path) -> None:
    file = tmp_path / "organisations.yaml"
    file.write_text(ORGANISATIONS)
    found = declared(organisations=file)
    assert "310000013" not in found.users
    assert not any("310000013" in topic for topic in found.topics)


def test_every_reader_is_a_known_user_and_every_topic_has_its_owners_name(rules: frozenset[Rule]) -> None:
    found = declared()
    services = {user for user in found.users if not user.isdigit()}
    assert {rule.user for rule in found.rules if not rule.user.isdigit()} <= services
    assert {topic.split(".")[1] for topic in found.topics if topic.startswith("somlos.")} <= services


def test_each_consumer_has_a_dead_letter_topic_of_its_own() -> None:
    found = declared()
    readers = {rule.user for rule in found.rules if rule.kind == "group" and not rule.user.isdigit()}
    assert {f"somlos.{reader}.dead-letter.v1" for reader in readers} <= set(found.topics)


def test_events_are_kept_for_fourteen_days_on_three_partitions() -> None:
    found = declared()
    assert (found.partitions, found.retention_ms) == (3, 14 * 24 * 60 * 60 * 1000)
