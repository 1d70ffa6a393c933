"""A condition on the children of a family (søskenflokken): this child, and those of its siblings that are known."""

from services.rights.domain.tree import Branch, Node, Siblings


def any_child(part: Node, node_id: str = "", law: str = "") -> Node:
    """At least one of the family's children meets it: this one, or another."""
    return _of_children(part, node_id, law, every=False)


def every_child(part: Node, node_id: str = "", law: str = "") -> Node:
    """Every one of the family's children meets it."""
    return _of_children(part, node_id, law, every=True)


def _of_children(part: Node, node_id: str, law: str, *, every: bool) -> Node:
    parts = (part, Siblings(every, part, law=law, id=f"{node_id}.siblings"))
    return Branch(len(parts) if every else 1, parts, node_id, law=law)
