"""The data files: read at start, refused with file and place, and whole."""

import re
from pathlib import Path

import pytest

from gateway.edge.routes import PURPOSES
from services.mapping.api.fault_words import WORDS
from services.mapping.store.access_law import AccessFile, access_law
from services.mapping.store.data_files import DATA, BadDataFile, read
from services.mapping.store.vocabulary import FactFile, entries
from services.mapping.store.wording import wording
from shared.texts import Lang

SERVICES = Path(__file__).parents[4] / "services"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("facts: {x: {subject: child}}", "facts.x"),
        ("facts: {x: 1}", "facts.x"),
        ("[]", ""),
        (
            "facts: {x: {subject: child, type: number, group: health, from: told, meaning: m, question: {nb: q}}}",
            "facts.x",
        ),
        ("facts: [", ""),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_place(tmp_path, text, place):
    path = tmp_path / "facts.yaml"
    path.write_text(text)
    with pytest.raises(BadDataFile) as refused:
        read(path, FactFile)
    assert str(refused.value).startswith(f"{path}: {place}")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadDataFile, match=r"nowhere\.yaml"):
        read(tmp_path / "nowhere.yaml", FactFile)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("standing: self\n    ages: [from-8]", "standing: guardian\n    ages: [from-8]"),
        ("adult: 18", "adult: 15"),
        ("law: pbrl § 4-3 første ledd\n", "law: none\n"),
        ("action: profile.read, child: true", "child: true"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(tmp_path, before, after):
    text = (DATA / "access.yaml").read_text()
    assert before in text
    path = tmp_path / "access.yaml"
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(BadDataFile):
        read(path, AccessFile)


def test_every_group_in_the_table_is_one_that_facts_have_or_free_text():
    groups = {entry.group for entry in entries().values()} | {"free_text"}
    assert all(opened is None or opened <= groups for opened in access_law().rules.values())


def test_every_word_that_a_service_logs_is_said_in_three_languages():
    logged = {
        word
        for file in SERVICES.rglob("*.py")
        for word in re.findall(r"\.reads\([^()]*(?:\([^()]*\))?[^()]*\"([a-z-]+)\"", file.read_text())
    }
    assert {"profile", "rights", "application"} <= logged
    assert logged <= set(wording().did)
    for text in (*wording().did.values(), *wording().who.values(), *wording().purposes.values(), wording().denied):
        assert all(text.has(language) for language in Lang)


def test_every_purpose_that_is_logged_has_words():
    purposes = set(PURPOSES.values()) | {system.purpose for system in access_law().systems if system.child}
    assert purposes <= set(wording().purposes)
    assert wording().grantable_purposes <= set(wording().purposes)


def test_every_fault_is_said_in_three_languages():
    codes = {
        code
        for room in ("domain", "features", "api")
        for file in (SERVICES / "mapping" / room).glob("*.py")
        for code in re.findall(r"(?:FieldFault\(\s*\"[a-z_]+\",|BadValue\()\s*\"([a-z-]+)\"", file.read_text())
    }
    assert codes <= set(WORDS)
    assert all(text.has(language) for text in WORDS.values() for language in Lang)


def test_a_line_of_the_log_reads_as_a_sentence():
    words = wording()
    said = words.sentence("Nav", ["profile", "grants", "child"], "follow-up", denied=False, lang=Lang.NB)
    assert said == (
        "Nav leste det dere har fortalt, så hvilke samtykker som er gitt og så navn og fødselsdato for å følge opp barnet."
    )
    assert words.sentence("Nav", ["never-heard-of"], "x", denied=False, lang=Lang.EN) == "Nav saw information."
    assert (
        words.sentence("Nav", ["profile"], "follow-up", denied=True, lang=Lang.NN) == "Nav bad om innsyn, men fekk nei."
    )
