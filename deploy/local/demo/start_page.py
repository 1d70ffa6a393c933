"""What the mother's start page (GET /overview) says of her child's cases, in words."""

from collections.abc import Collection
from typing import Any

from deploy.local.demo.narrator import Narrator, expect


def cases_of(start_page: dict[str, Any], child: str) -> dict[str, Any]:
    """The child's cases on the page."""
    found: dict[str, Any] = next(each for each in start_page["children"] if each["id"] == child)["cases"]
    return found


def open_cases(start_page: dict[str, Any], child: str, ids: Collection[str]) -> list[dict[str, Any]]:
    """The open ones among these, as far as the page shows cases at all."""
    return [case for case in cases_of(start_page, child).get("open", []) if case["id"] in ids]


def tell_open_case(say: Narrator, case: dict[str, Any]) -> None:
    """When it was sent, whose move it is, and what the law says about the answer."""
    say.says(f"• {case['title']['text']}, sent {case['submitted_at'][:10]}: {case['status']['text']}.")
    say.says(f"    {case['next']['text']}", *(f"    {each['says']['text']}" for each in case["answer"]))
    expect(case["answer"], "a case said nothing of when the answer is due")


def tell_refusal(say: Narrator, refused: dict[str, Any]) -> None:
    """When it was decided, and until when and how one may complain."""
    expect(refused.get("deadline"), "a refused case showed no last day to complain")
    say.says(f"• {refused['title']['text']}, decided {refused['decided_at']}: {refused['says']['text']}")
    say.says(f"    {refused['deadline_says']['text']} ({refused['days_left']} days left)")


def awaits_the_family(cases: dict[str, Any], case_id: str) -> bool:
    """Whether the page says that it is the family's move."""
    return any(task["case_id"] == case_id for task in cases["awaits_me"])
