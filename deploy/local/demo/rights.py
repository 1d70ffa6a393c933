"""What anyone can ask without a login, and what the rules see coming for a child."""

from typing import Any

from deploy.local.demo.client import Caller
from deploy.local.demo.narrator import expect
from deploy.local.demo.world import World

LOOKS: dict[str, Any] = {
    "facts": {
        "birth_date": "2012-05-04",
        "lives_in_norway": True,
        "national_insurance_member": True,
        "condition_permanent": True,
        "care_need_level": "extensive",
        "needs_supervision_or_care_more_than_same_age": True,
        "lives_in_institution": False,
    },
    "not_known": ["private_care_provided"],
}
_ONE = "hjelpestonad"


async def look_without_login(world: World) -> None:
    """Somebody asks once, and nothing is kept of it."""
    say = world.narrator
    say.step("Somebody who has told nobody yet looks first: no login, and nothing is stored.")
    answer = (await world.anyone().ask_once("/rights/v1/evaluations", LOOKS)).json()
    likely = [each for each in answer["rights"] if each["verdict"] == "likely"]
    say.says(f"{len(answer['rights'])} rights answered for {answer['at']}; {len(likely)} of them likely.")
    right = next(each for each in answer["rights"] if each["id"] == _ONE)
    say.says(f"• {right['name']['text']}: {' '.join(right['says'])}")
    expect("private_care_provided" in right["missing"], "what nobody knows did not stay missing")
    expect(right["because"]["truth"] == "unknown", "the reason did not agree with the verdict")
    best = answer["next_questions"][0]
    say.says(f"Best asked next: {best['question']['text']} ({len(best['rights'])} rights hang on it)")
    asked = {each["fact"] for each in answer["next_questions"]}
    expect(not asked & {*LOOKS["not_known"]}, "what nobody knows was asked again")


async def see_what_comes(mother: Caller, child: str, world: World) -> None:
    """The next question for this family, and the first birthday that changes something."""
    say = world.narrator
    say.step("One question is worth most now, and the coming birthdays are worked out.")
    questions = (await mother.get(f"/rights/v1/children/{child}/next-questions")).json()["questions"]
    expect(questions, "no question was left for a family that had told twenty things")
    best = questions[0]
    say.says(f"Best asked next: {best['question']['text']} ({len(best['rights'])} rights hang on it)")
    timeline = (await mother.get(f"/rights/v1/children/{child}/timeline")).json()
    turns = [
        (turn["day"], right["name"]["text"], turn)
        for right in timeline["rights"]
        for turn in (*right["begins"], *right["ends"])
        if turn["law"]
    ]
    expect(turns, "no birthday changed anything")
    day, name, turn = min(turns, key=lambda each: each[:2])
    say.says(f"{day}: {name} goes from {turn['before']} to {turn['after']} ({turn['law'][0]['text']})")
