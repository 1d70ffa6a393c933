"""The glossary names every right, cites only acts of the law register, and points at files that exist."""

import re

import yaml

from tests.contracts.glossary import GLOSSARY, with_rights
from tests.contracts.stored import ROOT

TEXT = GLOSSARY.read_text()


def test_every_right_is_in_the_glossary():
    assert with_rights(TEXT) == TEXT, "make contracts"


def test_only_acts_of_the_law_register_are_cited():
    register = yaml.safe_load((ROOT / "services" / "rights" / "data" / "law.yaml").read_text())["acts"]
    known = {name for act in register for name in (act["short"], act["name"], *act.get("also_written", ()))}
    cited = {match.strip() for match in re.findall(r"[|;] ([\w.æøåÆØÅ-]+) § ", TEXT)}
    assert {act for act in cited if act not in known and act.lower() not in {name.lower() for name in known}} == set()


def test_every_place_exists():
    named = re.findall(r"`((?:services|shared|gateway|deploy)/[\w./-]+)`", TEXT)
    assert [place for place in named if not (ROOT / place).exists()] == []
