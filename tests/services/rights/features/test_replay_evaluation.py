"""What was answered once can be answered again, to the same bytes."""

from uuid import uuid4

import pytest

from services.rights.domain.answers import Reader
from services.rights.domain.errors import UnknownEvaluation
from services.rights.features.assess_child import assess_child
from services.rights.features.erase_person import erase_person
from services.rights.features.forget_child import forget_child
from services.rights.features.list_evaluations import list_evaluations
from services.rights.features.replay_evaluation import replay_evaluation
from services.rights.features.start_again import start_again
from services.rights.store import packs
from services.rights.store.files import Packed, digest_of, packed
from services.rights.store.rulebook import rulebook
from shared.auth.principals import worker
from tests.services.rights.families import MOTHERS_FACTS, profile

LAST = (1 << 128) - 1
ROWS = "select id, subject_id, applicant_id, profile_version, law_on, known_at, pack, engine, sha256 from evaluation order by id"
CHILDS_OWN = Reader(None, None, is_guardian=False)


@pytest.fixture
async def database(opened):
    return await opened("rights")


async def assess(database, *profiles):
    for each in profiles:
        async with database.begin(worker("rights")) as tx:
            await assess_child(tx, each)
    return profiles[0].child_id


async def evaluations(database):
    return await database.clone.rows(ROWS)


async def replay(database, child, evaluation, reader=CHILDS_OWN):
    async with database.begin(worker("rights")) as tx:
        return await replay_evaluation(tx, child, evaluation, reader)


def likely(again):
    return {each["right"] for each in again.answers if each["verdict"] == "likely"}


async def test_one_is_kept_at_first_and_then_each_time_an_answer_changed(database):
    first = profile()
    await assess(
        database,
        first,
        profile(first.child_id, version=2, rare_diagnosis=None, extra_expense_types=[]),
        profile(first.child_id, version=3, blind_or_cannot_orient_by_sight=False),
    )
    assert [row["profile_version"] for row in await evaluations(database)] == [1, 3]


async def test_long_after_the_same_bytes_come_out_again_though_the_child_is_older_and_has_told_otherwise(
    database, clock
):
    mother = uuid4()
    first = profile(birth_date="2009-03-02", guardians=[(mother, MOTHERS_FACTS)])
    await assess(database, first)
    clock.move_to(clock.now().replace(year=2029))
    await assess(database, profile(first.child_id, version=2, condition_permanent=False))
    reader = Reader(mother, None, is_guardian=True)
    rows = await evaluations(database)
    assert len(rows) == 3
    replayed = [await replay(database, first.child_id, row["id"], reader) for row in rows]
    assert [each.is_same for each in replayed] == [True, True, True]
    assert {each.evaluation.applicant_id for each in replayed} == {None, mother}
    assert "hjelpestonad" in likely(replayed[0]) | likely(replayed[1])
    assert "hjelpestonad" not in likely(replayed[2])


async def test_bytes_that_differ_are_said_to(database):
    child = await assess(database, profile())
    await database.clone.rows("update evaluation set sha256 = sha256(sha256)")
    [row] = await evaluations(database)
    assert (await replay(database, child, row["id"])).is_same is False


async def test_the_rules_of_then_are_used_and_not_those_of_now(database):
    """By those, hjelpestønad was for a child who is not blind."""
    child = await assess(database, profile())
    files = dict(packed().files)
    name = "rules/hjelpestonad.yaml"
    blind = b"fact: blind_or_cannot_orient_by_sight, is: "
    assert blind + b"true" in files[name]
    files[name] = files[name].replace(blind + b"true", blind + b"false")
    older = Packed(files)
    content, digest = packs.pack(older), digest_of(older)
    await database.clone.rows(
        "insert into rules_pack values (:digest, :content, now())", digest=digest, content=content
    )
    await database.clone.rows("update evaluation set pack = :digest", digest=digest)
    [row] = await evaluations(database)
    assert digest != rulebook().digest
    again = await replay(database, child, row["id"])
    assert again.is_same is False
    assert "hjelpestonad" not in likely(again)


async def test_rules_that_cannot_be_read_any_more_are_said_to_be(database):
    child = await assess(database, profile())
    digest = "0" * 64
    content = packs.pack(Packed({"facts.yaml": b"facts: {}"}))
    await database.clone.rows(
        "insert into rules_pack values (:digest, :content, now())", digest=digest, content=content
    )
    await database.clone.rows("update evaluation set pack = :digest", digest=digest)
    [row] = await evaluations(database)
    again = await replay(database, child, row["id"])
    assert (again.answers, again.is_same) == (None, False)


async def test_another_guardians_is_not_there_and_neither_is_another_childs(database):
    mother, father = uuid4(), uuid4()
    child = await assess(database, profile(guardians=[(mother, MOTHERS_FACTS), (father, MOTHERS_FACTS)]))
    other = await assess(database, profile())
    rows = {row["applicant_id"]: row["id"] for row in await evaluations(database) if row["subject_id"] == child}
    as_mother = Reader(mother, None, is_guardian=True)
    assert (await replay(database, child, rows[mother], as_mother)).is_same
    for of, evaluation in ((child, rows[father]), (other, rows[None]), (child, uuid4())):
        with pytest.raises(UnknownEvaluation):
            await replay(database, of, evaluation, as_mother)
    with pytest.raises(UnknownEvaluation):
        await replay(database, child, rows[None], Reader(mother, frozenset({"family"}), is_guardian=True))


async def test_who_may_not_see_all_that_was_known_is_shown_no_list(database):
    mother = uuid4()
    child = await assess(database, profile(guardians=[(mother, MOTHERS_FACTS)]))
    async with database.begin(worker("rights")) as tx:
        whole = Reader(mother, None, is_guardian=True)
        part = Reader(mother, frozenset({"family"}), is_guardian=True)
        last = type(child)(int=LAST)
        assert len(await list_evaluations(tx, child, whole, before=last, limit=9)) == 2
        assert await list_evaluations(tx, child, part, before=last, limit=9) == []


async def test_an_erased_child_leaves_none_and_an_erased_guardian_none_of_its_own(database):
    mother, father = uuid4(), uuid4()
    child = await assess(database, profile(guardians=[(mother, MOTHERS_FACTS), (father, MOTHERS_FACTS)]))
    async with database.begin(worker("rights")) as tx:
        await erase_person(tx, mother)
    assert {row["applicant_id"] for row in await evaluations(database)} == {None, father}
    async with database.begin(worker("rights")) as tx:
        await erase_person(tx, child)
    assert await evaluations(database) == []


async def test_a_child_that_is_gone_leaves_none_and_one_that_is_read_again_keeps_its_own(database):
    child, other = await assess(database, profile()), await assess(database, profile())
    async with database.begin(worker("rights")) as tx:
        await start_again(tx, None)
    assert len(await evaluations(database)) == 2
    async with database.begin(worker("rights")) as tx:
        await forget_child(tx, child)
    assert [row["subject_id"] for row in await evaluations(database)] == [other]


async def test_what_was_known_is_sealed_with_the_key_of_whom_it_is_of(database):
    mother = uuid4()
    await assess(database, profile(guardians=[(mother, MOTHERS_FACTS)]))
    rows = await database.clone.rows("select applicant_id, content, child_content from evaluation")
    assert {row["applicant_id"] is None: row["child_content"] is None for row in rows} == {True: True, False: False}
    sealed = [part for row in rows for part in (row["content"], row["child_content"]) if part]
    assert not [part for part in sealed if b"birth" in part or b"parent" in part]


async def test_nobody_can_change_one(database):
    await assess(database, profile())
    as_worker = {"kind": "worker", "service": "rights"}
    with pytest.raises(Exception, match="permission denied"):
        await database.clone.rows_as_service("update evaluation set engine = 'x'", as_worker)
