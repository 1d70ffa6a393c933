"""Internal tokens: two signers, sixty seconds, one audience, and nothing that is not signed for."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from shared.auth.principals import Kind, Principal, Subject
from shared.auth.tokens import ALGORITHM, Signer, Verifier, read_key, read_public_keys
from shared.domain import NotFound
from shared.problems import Unauthenticated
from tests.support.callers import citizen, machine, worker


@pytest.fixture
def verifier(keys, clock):
    return Verifier("rights", read_public_keys(keys.public), clock)


def signed(keys, clock, name="gateway", key=None, header=None, **changes):
    """A token with these claims changed (None: left out)."""
    now = int(clock.now().timestamp())
    claims = {
        "iss": f"somlos-{name}",
        "aud": "rights",
        "sub": str(uuid4()),
        "kind": "citizen",
        "subjects": {},
        "iat": now,
        "exp": now + 60,
        "jti": "1",
    }
    claims = {k: v for k, v in {**claims, **changes}.items() if v is not None}
    head = {"alg": ALGORITHM, "kid": name, "typ": "at+jwt", **(header or {})}
    return jwt.encode(
        {k: v for k, v in head.items() if v is not None},
        claims,
        key or read_key(keys.private(name)),
        algorithms=[head["alg"]],
    )


CHILD = uuid4()
CALLERS = [
    citizen(children=[CHILD]),
    citizen(grounds={CHILD: Subject("guardian", protected=True)}),
    machine(
        "312480018",
        CHILD,
        alias="p-1",
        groups=["health", "care"],
        scopes=["somlos:profile.read"],
        purpose="case-handling",
    ),
    worker("status", CHILD),
    replace(citizen(children=[CHILD]), law_version="2026-11"),
    Principal(Kind.PUBLIC, "public"),
]


@pytest.mark.parametrize("caller", CALLERS)
def test_what_was_signed_is_what_is_read(keys, clock, verifier, caller):
    assert verifier.principal(keys.token("rights", caller, clock)) == caller


def test_a_good_token_is_taken(keys, clock, verifier):
    assert verifier.principal(signed(keys, clock)).kind is Kind.CITIZEN


def bad_tokens(keys, clock):
    now = int(clock.now().timestamp())
    stranger = OKPKey.generate_key("Ed25519")
    other_curve = read_key(keys.private("mapping"))
    return {
        "another audience": signed(keys, clock, aud="status"),
        "a list of audiences": signed(keys, clock, aud=["rights", "status"]),
        "no audience": signed(keys, clock, aud=None),
        "another issuer": signed(keys, clock, iss="somlos-mapping"),
        "no issuer": signed(keys, clock, iss=None),
        "expired": signed(keys, clock, iat=now - 120, exp=now - 60),
        "no expiry": signed(keys, clock, exp=None),
        "no issue time": signed(keys, clock, iat=None),
        "a long life": signed(keys, clock, exp=now + 3600),
        "from the future": signed(keys, clock, iat=now + 30, exp=now + 90),
        "an expiry that is text": signed(keys, clock, exp="9999999999"),
        "an expiry that is true": signed(keys, clock, exp=True),
        "an expiry without end": signed(keys, clock, exp=float("inf")),
        "a kind nobody has": signed(keys, clock, kind="admin"),
        "no kind": signed(keys, clock, kind=None),
        "subjects that are a list": signed(keys, clock, subjects=["x"]),
        "a subject that is no id": signed(keys, clock, subjects={"x": {"ground": "guardian"}}),
        "a subject without ground": signed(keys, clock, subjects={str(CHILD): {}}),
        "a subject that is text": signed(keys, clock, subjects={str(CHILD): "guardian"}),
        "a worker's own signature": signed(keys, clock, name="rights"),
        "a stranger's key": signed(keys, clock, key=stranger),
        "another's key under the gateway's name": signed(keys, clock, key=other_curve),
        "an unknown name": signed(keys, clock, key=stranger, header={"kid": "nobody"}),
        "no name": signed(keys, clock, header={"kid": None}),
        "an assertion": keys.signer("gateway", clock).assertion("rights"),
        "another type": signed(keys, clock, header={"typ": "JWT"}),
        "no type": signed(keys, clock, header={"typ": None}),
        "signed with the public key as a secret": signed(
            keys,
            clock,
            key=OctKey.import_key(keys.public.joinpath("gateway.public.jwk.json").read_bytes()),
            header={"alg": "HS256"},
        ),
        "not signed": "eyJhbGciOiJub25lIiwia2lkIjoiZ2F0ZXdheSIsInR5cCI6ImF0K2p3dCJ9.e30.",
        "no token": "x",
        "nothing": "",
        "dots": "..",
        "claims that are no object": jwt_of_list(keys),
    }


def jwt_of_list(keys):
    from joserfc import jws

    header = {"alg": ALGORITHM, "kid": "gateway", "typ": "at+jwt"}
    return jws.serialize_compact(header, b"[]", read_key(keys.private("gateway")), algorithms=[ALGORITHM])


def test_nothing_but_a_good_token_is_taken(keys, clock, verifier):
    taken = []
    for why, token in bad_tokens(keys, clock).items():
        try:
            verifier.principal(token)
        except Unauthenticated:
            continue
        taken.append(why)
    assert taken == []


def test_a_token_lives_sixty_seconds(keys, clock, verifier):
    token = keys.token("rights", citizen(), clock)
    clock.forward(timedelta(seconds=59))
    assert verifier.principal(token)
    clock.forward(timedelta(seconds=7))
    with pytest.raises(Unauthenticated):
        verifier.principal(token)


def test_an_assertion_names_its_signer(keys, clock):
    mapping = Verifier("mapping", read_public_keys(keys.public), clock)
    assert mapping.caller(keys.signer("rights", clock).assertion("mapping")) == "rights"
    disguised = Signer("gateway", read_key(keys.private("rights")), clock)
    with pytest.raises(Unauthenticated):
        mapping.caller(disguised.assertion("mapping"))


def test_a_token_covers_its_subjects_for_its_action_only():
    caller = Principal(Kind.CITIZEN, "x", action="profile.read", subjects={CHILD: Subject("guardian")})
    assert caller.covers(CHILD, "profile.read").ground == "guardian"
    for child, action in ((CHILD, "profile.write"), (uuid4(), "profile.read")):
        with pytest.raises(NotFound):
            caller.covers(child, action)


def test_a_token_without_an_action_covers_nothing():
    with pytest.raises(NotFound):
        Principal(Kind.CITIZEN, "x", subjects={CHILD: Subject("guardian")}).covers(CHILD, "profile.read")


def test_an_organisation_sees_its_own_name_for_a_person():
    assert machine("312480018", CHILD, alias="p-1").shown(CHILD) == "p-1"
    assert citizen(children=[CHILD]).shown(CHILD) == str(CHILD)


def test_a_token_that_was_good_before_is_refused_after_its_time(verifier, keys, clock):
    token = Signer("gateway", read_key(keys.private("gateway")), clock).token("rights", citizen(children=[CHILD]))
    assert verifier.principal(token) == verifier.principal(token)
    clock.forward(timedelta(seconds=66))
    with pytest.raises(Unauthenticated):
        verifier.principal(token)


def test_a_token_that_was_good_as_one_kind_is_refused_as_the_other(verifier, keys, clock):
    assertion = Signer("status", read_key(keys.private("status")), clock).assertion("rights")
    assert verifier.caller(assertion) == "status"
    with pytest.raises(Unauthenticated):
        verifier.principal(assertion)


@pytest.mark.parametrize("typ", ["at+jwt", None])
def test_the_order_of_a_header_is_the_signers_own(verifier, keys, clock, typ):
    """Written otherwise than ours, the header is read part by part: good if all of it is."""
    key, now = read_key(keys.private("gateway")), int(clock.now().timestamp())
    claims = {"iss": "somlos-gateway", "aud": "rights", "sub": "public", "kind": "public", "iat": now, "exp": now + 60}
    header = {"typ": typ, "kid": "gateway", "alg": ALGORITHM}
    token = jwt.encode({name: value for name, value in header.items() if value}, claims, key, algorithms=[ALGORITHM])
    if typ:
        assert verifier.principal(token).kind is Kind.PUBLIC
    else:
        with pytest.raises(Unauthenticated):
            verifier.principal(token)


@pytest.mark.parametrize("bend", [lambda s: s + "=", lambda s: s[:-4] + "!" + s[-4:], lambda s: s[:-4], lambda s: ""])
def test_a_bent_signature_is_refused(verifier, keys, clock, bend):
    token = Signer("gateway", read_key(keys.private("gateway")), clock).token("rights", citizen(children=[CHILD]))
    signed, _, signature = token.rpartition(".")
    with pytest.raises(Unauthenticated):
        verifier.principal(f"{signed}.{bend(signature)}")
