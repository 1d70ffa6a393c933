"""Nothing in the repository names a real person, a machine's folders, a package registry, or work left undone."""

import re
from datetime import date

import pytest
from stdnum.no import fodselsnummer

from tests.architecture.sources import text_of, tracked_files
from tests.support.builders import numbers_of

ELEVEN_DIGITS = re.compile(r"(?<![0-9A-Za-z.])(\d{6})[ -]?(\d{5})(?![0-9A-Za-z])")
MONTHS, D_NUMBER = 12, 40
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("npmjs", "org"),
        ("golang", "org"),
    )
)
PLACES = tuple(
    "/" + place for place in ("work/main", "work/shared", "work/.library", "root/", "tmp/plan", "tmp/bash_jobs")
)
UNDONE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
LOCKS = re.compile(r"requirements/.*\.txt|.*\.lock(\.toml)?")


def real_person(path: str, text: str) -> list[str]:
    """A valid national identity number whose month is a month: it may be someone's. (Synthetic ones add 80, some other test series 40 or 65.)"""
    return [
        f"{path}: a national identity number that is not synthetic"
        for day, rest in ELEVEN_DIGITS.findall(text)
        if _is_real(day + rest)
    ]


def _is_real(digits: str) -> bool:
    day, month = int(digits[:2]), int(digits[2:4])
    plausible = 1 <= month <= MONTHS and (1 <= day <= 31 or 1 <= day - D_NUMBER <= 31)
    return plausible and digits[9:] == fodselsnummer.calc_check_digit1(digits) + fodselsnummer.calc_check_digit2(digits)


def registry(path: str, text: str) -> list[str]:
    """A package registry's address, or an option that names one."""
    options = ["--index-url", "--extra-index-url", "--find-links"] if LOCKS.fullmatch(path) else []
    return [f"{path}: names {name}" for name in (*REGISTRIES, *options) if name in text]


def place(path: str, text: str) -> list[str]:
    """A folder of the machine this was written on."""
    return [f"{path}: names {name}" for name in PLACES if re.search(rf"(?<![\w.]){re.escape(name)}", text)]


def undone(path: str, text: str) -> list[str]:
    """Work left for later belongs in an issue."""
    return [f"{path}: {found}" for found in UNDONE.findall(text)]


RULES = [real_person, registry, place, undone]


@pytest.mark.parametrize("rule", RULES)
def test_every_tracked_file_keeps_the_rule(rule):
    assert [fault for path in tracked_files() for fault in rule(path, text_of(path))] == []


@pytest.mark.parametrize("form", ["{0}", "{1} {2}", "{1}-{2}", "'{0}',", "id={0}"])
def test_a_real_number_is_found(form):
    number = numbers_of(date(1988, 3, 14), added_to_month=0)[7]
    assert real_person("a.yaml", form.format(number, number[:6], number[6:]))


def test_a_real_d_number_is_found():
    first = "5403888"
    found = [first + f"{rest:04d}" for rest in range(10000) if _is_real(first + f"{rest:04d}")]
    assert real_person("a.yaml", found[0])


def test_a_synthetic_number_and_any_other_number_pass():
    assert real_person("a.yaml", numbers_of(date(1988, 3, 14))[7]) == []
    assert real_person("a.yaml", "14038812345 312480018 00000000000") == []


@pytest.mark.parametrize("name", REGISTRIES)
def test_a_registry_is_found(name):
    assert registry("README.md", f"get it from https://{name}/simple")


def test_an_index_option_in_a_lock_file_is_found():
    assert registry("requirements/dev.txt", "--index-url https://example.test/simple")
    assert registry("README.md", "pip's --index-url is yours to set") == []


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_found(name):
    assert place("README.md", f"see {name}x")


def test_undone_work_is_found():
    assert undone("a.py", "# TO" + "DO: later")
    assert undone("a.py", "# the method is done") == []
