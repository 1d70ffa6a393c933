import pytest

from deploy.local.layout import ROOT
from deploy.local.topics import declared
from gateway.delivery.domain.errors import BadOrganisationsFile
from gateway.delivery.store.partners import read_partners

FILE = ROOT / "deploy" / "local" / "organisations.yaml"


def test_the_partners_are_the_organisations_that_have_a_topic():
    assert {f"partner.{organisation}.events.v1" for organisation in read_partners(FILE)} == {
        topic for topic in declared().topics if topic.endswith(".events.v1")
    }


@pytest.mark.parametrize("text", ["organisations:\n  - {orgnr: 12}\n", "[]", "organisations: [", ""])
def test_a_bad_file_is_refused_with_its_place(tmp_path, text):
    file = tmp_path / "organisations.yaml"
    file.write_text(text)
    with pytest.raises(BadOrganisationsFile, match=r"organisations\.yaml"):
        read_partners(file)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadOrganisationsFile):
        read_partners(tmp_path / "none.yaml")
