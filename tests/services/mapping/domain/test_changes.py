"""A PATCH is checked entry by entry; one fault and nothing is told."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from services.mapping.domain.changes import Entry, SpokenFor, Teller, statements
from services.mapping.domain.facts import FactSubject
from services.mapping.domain.profile import Key, Speaker, SpeakerKind, State
from services.mapping.store.vocabulary import vocabulary
from shared.domain import InvalidInput
from tests.services.mapping.domain.made import AT, CHILD, MOTHER, ORG, TODAY, born

HOME = UUID(int=9)
ALIAS = "0d1d6b6e-0000-4000-8000-00000000000a"
CHILDS, MOTHERS, RELATION, HOMES = "rare_diagnosis", "parent_employed", "heavy_care_burden", "housing_unsuitable"


def mother(groups=None) -> Teller:
    me = SpokenFor(MOTHER, HOME, None)
    return Teller(
        speaker=Speaker(SpeakerKind.GUARDIAN, MOTHER),
        child=CHILD,
        born=born(9),
        groups=groups,
        guardians={str(MOTHER): me},
    )


def organisation(groups=frozenset({"health", "work"})) -> Teller:
    giver = SpokenFor(MOTHER, HOME, groups)
    return Teller(
        speaker=Speaker(SpeakerKind.ORGANISATION, organisation=ORG),
        child=CHILD,
        born=born(9),
        groups=groups,
        guardians={ALIAS: giver},
    )


def itself(*, shares=True, groups=frozenset()) -> Teller:
    return Teller(
        speaker=Speaker(SpeakerKind.CHILD, CHILD),
        child=CHILD,
        born=born(13),
        groups=groups,
        guardians={},
        shares=shares,
    )


def told(teller, *entries):
    return statements(entries, teller, vocabulary(), at=AT, today=TODAY, new_id=uuid4)


def faults(teller, *entries):
    with pytest.raises(InvalidInput) as refused:
        told(teller, *entries)
    return [(fault.field, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("fact", "value", "key"),
    [
        (CHILDS, True, Key(CHILDS, FactSubject.CHILD, CHILD)),
        (MOTHERS, True, Key(MOTHERS, FactSubject.GUARDIAN, MOTHER, guardian=MOTHER)),
        (RELATION, True, Key(RELATION, FactSubject.RELATION, MOTHER, child=CHILD, guardian=MOTHER)),
        (HOMES, True, Key(HOMES, FactSubject.HOUSEHOLD, HOME, guardian=MOTHER)),
    ],
)
def test_what_a_fact_is_about_follows_from_the_vocabulary(fact, value, key):
    (statement,) = told(mother(), Entry(fact=fact, value=value))
    assert statement.key == key
    assert (statement.value, statement.valid_from, statement.said_at) == (value, TODAY, AT)


def test_a_guardian_may_name_itself():
    (statement,) = told(mother(), Entry(fact=MOTHERS, subject=str(MOTHER).upper(), value=True))
    assert statement.key.guardian == MOTHER


@pytest.mark.parametrize("state", [State.NOT_KNOWN, State.WITHDRAWN])
def test_not_known_and_withdrawn_have_no_value(state):
    (statement,) = told(mother(), Entry(fact=CHILDS, state=state))
    assert (statement.state, statement.value) == (state, None)
    assert faults(mother(), Entry(fact=CHILDS, state=state, value=True)) == [("facts.0.value", "unexpected")]


@pytest.mark.parametrize(
    ("teller", "entry", "fault"),
    [
        (mother(), Entry(fact="nonsense", value=True), ("fact", "unknown-fact")),
        (mother(), Entry(fact="child_age", value=9), ("fact", "not-told")),
        (mother(), Entry(fact="birth_date", value="2017-04-21"), ("fact", "not-told")),
        (mother(), Entry(fact="disagrees_with_decision", value=True), ("fact", "not-told")),
        (mother(), Entry(fact=CHILDS, value="yes"), ("value", "wrong-type")),
        (mother(), Entry(fact=CHILDS), ("value", "wrong-type")),
        (mother(), Entry(fact=CHILDS, subject=str(CHILD), value=True), ("subject", "not-for-this-fact")),
        (mother(), Entry(fact=MOTHERS, subject=str(UUID(int=2)), value=True), ("subject", "not-yours-to-tell")),
        (
            mother(),
            Entry(fact=CHILDS, value=True, valid_from=TODAY + timedelta(days=1)),
            ("valid_from", "out-of-range"),
        ),
        (
            mother(),
            Entry(fact=CHILDS, value=True, valid_from=born(9) - timedelta(days=1)),
            ("valid_from", "out-of-range"),
        ),
        (mother(), Entry(fact=CHILDS, value=True, share=False), ("share", "not-yours-to-keep")),
        (mother(frozenset({"family"})), Entry(fact=CHILDS, value=True), ("fact", "not-yours-to-tell")),
        (organisation(), Entry(fact=MOTHERS, value=True), ("subject", "missing")),
        (organisation(), Entry(fact=MOTHERS, subject=str(MOTHER), value=True), ("subject", "not-yours-to-tell")),
        (organisation(), Entry(fact=HOMES, subject=ALIAS, value=True), ("fact", "not-yours-to-tell")),
        (organisation(), Entry(fact="care_need_level", value="some"), ("fact", "not-yours-to-tell")),
        (itself(), Entry(fact=MOTHERS, value=True), ("fact", "not-yours-to-tell")),
        (itself(), Entry(fact=HOMES, value=True), ("fact", "not-yours-to-tell")),
    ],
)
def test_each_fault_is_named(teller, entry, fault):
    field, code = fault
    assert faults(teller, entry) == [(f"facts.0.{field}", code)]


def test_every_entry_at_fault_is_named_and_nothing_is_told():
    wrong = faults(
        mother(),
        Entry(fact=CHILDS, value=True),
        Entry(fact="child_age", value=9),
        Entry(fact="care_need_level", value="much", valid_from=TODAY + timedelta(days=1)),
    )
    assert wrong == [
        ("facts.1.fact", "not-told"),
        ("facts.2.valid_from", "out-of-range"),
        ("facts.2.value", "not-in-values"),
    ]


def test_a_fact_cannot_be_told_twice_at_once():
    assert faults(mother(), Entry(fact=CHILDS, value=True), Entry(fact=CHILDS, value=False)) == [
        ("facts.1.fact", "twice")
    ]


def test_a_guardians_own_fact_may_be_older_than_the_child():
    (statement,) = told(mother(), Entry(fact=MOTHERS, value=True, valid_from=date(2010, 1, 1)))
    assert statement.valid_from == date(2010, 1, 1)


def test_a_guardian_with_few_groups_of_the_child_still_tells_of_itself():
    assert told(mother(frozenset({"family"})), Entry(fact=MOTHERS, value=True))


def test_an_organisation_tells_of_a_guardian_by_its_own_pseudonym():
    (statement,) = told(organisation(), Entry(fact=MOTHERS, subject=ALIAS.upper(), value=True))
    assert statement.key.subject == MOTHER
    assert statement.speaker == Speaker(SpeakerKind.ORGANISATION, organisation=ORG)


@pytest.mark.parametrize(
    ("shares", "asked", "shared"),
    [(True, None, True), (True, False, False), (False, None, False), (False, True, True)],
)
def test_a_child_shares_what_it_says_or_keeps_it(shares, asked, shared):
    (statement,) = told(itself(shares=shares), Entry(fact=CHILDS, value=True, share=asked))
    assert statement.shared is shared


def test_what_a_guardian_says_is_always_shared():
    (statement,) = told(mother(), Entry(fact=CHILDS, value=True))
    assert statement.shared is True
