"""A rule as a file has it and as it is judged: nothing is lost on the way there and back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.rights.domain.confidence import Confidence
from services.rights.domain.tree import Branch, Node, Not
from services.rights.store.files import DATA
from services.rights.store.rulebook import rulebook
from services.rights.store.trees import NodeFile, to_node, walk
from tests.services.rights.store.planted import content, rule_file, shipped

IDS = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,3})?", fullmatch=True)
LABELS = {"id": IDS, "law": st.just("ftrl § 6-4")}
MORE = {
    "rare": st.just(True),
    "note": st.text(min_size=1, max_size=9),
    "confidence": st.sampled_from(["sourced", "uncertain", "memory"]),
}
NUMBERS = st.integers(0, 99) | st.fixed_dictionaries({"rate": IDS})
COMPARED = st.one_of(
    st.fixed_dictionaries({"is": st.booleans()}),
    st.fixed_dictionaries({"is": IDS}),
    st.fixed_dictionaries({"in": st.lists(IDS, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"overlaps": st.lists(IDS, min_size=1, max_size=3)}),
    st.fixed_dictionaries({"at_least": NUMBERS}, optional={"below": NUMBERS}),
    st.fixed_dictionaries({"above": NUMBERS, "at_most": NUMBERS}),
)


def labelled(shape):
    """A node of that shape, with an id and a law, and perhaps more."""
    return st.builds(lambda labels, inner: labels | inner, st.fixed_dictionaries(LABELS, optional=MORE), shape)


ATOMS = labelled(st.builds(lambda fact, bounds: {"fact": fact} | bounds, IDS, COMPARED))
LEAVES = ATOMS | labelled(st.fixed_dictionaries({"assess": IDS, "by": IDS}))


def branches(part):
    several = st.lists(part, min_size=1, max_size=3)
    exception = st.fixed_dictionaries({"label": IDS, "when": ATOMS}, optional={"then": part, "rare": st.just(True)})
    return labelled(
        st.one_of(
            st.fixed_dictionaries({"all": several}),
            st.fixed_dictionaries({"any": several}),
            st.fixed_dictionaries({"not": part}),
            st.builds(lambda of, least: {"n_of": min(least, len(of)), "of": of}, several, st.integers(1, 3)),
            st.fixed_dictionaries({"any_child": part}),
            st.fixed_dictionaries({"every_child": part}),
        )
    ) | labelled(st.fixed_dictionaries({"general": ATOMS, "exceptions": st.lists(exception, min_size=1, max_size=2)}))


TREES = st.recursive(LEAVES, branches, max_leaves=8)


def said(node: NodeFile):
    """The node as a file would have it."""
    return node.model_dump(by_alias=True, exclude_none=True)


@settings(max_examples=60, deadline=None, database=None)
@given(TREES)
def test_a_tree_goes_into_its_data_form_and_back(tree):
    node = NodeFile.model_validate(tree)
    assert said(node) == tree
    assert NodeFile.model_validate(said(node)) == node


def test_every_rule_that_we_ship_goes_into_its_data_form_and_back():
    for right in rulebook().rights.values():
        file = rule_file(right.id)
        written = content(file, type(shipped())({file: (DATA / file).read_bytes()}))
        assert said(right.when) == written["when"]


def nodes_of(node: Node):
    """Every node of the tree that is judged."""
    yield node
    for part in node.parts if isinstance(node, Branch) else [node.part] if isinstance(node, Not) else []:
        yield from nodes_of(part)


@settings(max_examples=60, deadline=None, database=None)
@given(TREES)
def test_every_node_is_judged_under_its_own_name_and_law(tree):
    file = NodeFile.model_validate(tree)
    judged = list(nodes_of(to_node(file, "when", confidence=Confidence.SOURCED, doubted=frozenset())))
    assert {node.id for _, node in walk(file, "when")} <= {node.id for node in judged}
    assert all(node.law for node in judged if "." not in node.id)


def test_what_is_below_a_doubtful_node_is_no_surer_than_it():
    for version in (each for found in rulebook().versions.values() for each in found):
        for leaf in (node for node in nodes_of(version.rule.tree) if not isinstance(node, Branch | Not)):
            assert leaf.confidence <= version.rule.confidence
