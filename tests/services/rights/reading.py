"""Reading a child's rights as someone does who has logged in."""

from uuid import UUID

from services.rights.features.assess_child import assess_child
from shared.auth.principals import worker


async def assessed(service, given):
    """The profile as if its event had come."""
    async with service.app.state.database.begin(worker("rights")) as tx:
        await assess_child(tx, given)
    return given.child_id


def path(child: UUID, right: str = "") -> str:
    """The address of a child's rights, or of one of them."""
    return f"/rights/v1/children/{child}" + (f"/rights/{right}" if right else "")


async def read(service, child, caller, right="", **request):
    """The answer, which must be one."""
    answer = await service.get(path(child, right), caller, **request)
    assert answer.status_code == 200, answer.text
    return answer.json()


def named(body):
    """The rights of a list by id."""
    return {each["id"]: each for each in body["rights"]}
