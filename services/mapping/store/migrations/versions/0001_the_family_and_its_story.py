"""Persons, guardianship, homes, profiles, facts, grants, pseudonyms and the access log as the family reads it."""

from alembic import op

from shared.db.ddl import create_shared_tables, run

revision = "0001"
down_revision = None

_CALLER = """
create function mapping.caller_kind() returns text language sql stable return nullif(current_setting('somlos.kind', true), '');
create function mapping.caller_org() returns text language sql stable return nullif(current_setting('somlos.org', true), '');
create function mapping.caller_subjects() returns uuid[] language sql stable
    return string_to_array(nullif(current_setting('somlos.subjects', true), ''), ',')::uuid[];
create function mapping.caller_is_mapping() returns boolean language sql stable
    return mapping.caller_kind() = 'worker' and nullif(current_setting('somlos.service', true), '') = 'mapping';
"""

_TABLES = """
create table mapping.person (
    id uuid primary key,
    lookup bytea not null unique,
    national_id bytea not null,
    name bytea not null,
    born date not null,
    died date,
    stillborn boolean not null,
    lives_in_norway boolean not null,
    protection text not null check (protection in ('none', 'confidential', 'strictly_confidential')),
    kommunenummer text,
    address text not null,
    cares_for integer not null,
    register_at timestamptz
);
create table mapping.household (id uuid primary key, address text not null, known_since timestamptz not null);
create table mapping.guardianship (
    child_id uuid not null references mapping.person,
    guardian_id uuid not null references mapping.person,
    kind text not null,
    acts boolean not null,
    cares boolean not null,
    lives_with boolean not null,
    household_id uuid not null references mapping.household,
    primary key (child_id, guardian_id)
);
create index guardianship_guardian on mapping.guardianship (guardian_id);
create table mapping.profile (
    child_id uuid primary key references mapping.person,
    version bigint not null check (version > 0),
    updated_at timestamptz not null
);
create table mapping.fact (
    id uuid primary key,
    position bigint generated always as identity,
    fact text not null,
    kind text not null check (kind in ('child', 'guardian', 'relation', 'household')),
    subject_id uuid not null,
    child_id uuid,
    guardian_id uuid,
    speaker_kind text not null check (speaker_kind in ('guardian', 'child', 'organisation')),
    speaker_id uuid,
    organisation text,
    state text not null check (state in ('known', 'not_known', 'withdrawn')),
    value bytea,
    valid_from date not null,
    said_at timestamptz not null,
    shared boolean not null,
    check ((state = 'known') = (value is not null)),
    check (num_nonnulls(speaker_id, organisation) = 1),
    check ((kind = 'child') = (guardian_id is null)),
    check ((kind = 'relation') = (child_id is not null))
);
create index fact_subject on mapping.fact (subject_id, position desc);
create table mapping.access_grant (
    id uuid primary key,
    child_id uuid not null references mapping.person,
    giver_id uuid not null references mapping.person,
    organisation text,
    guardian_id uuid references mapping.person,
    purpose text not null,
    groups text[] not null,
    actions text[] not null,
    valid_from date not null,
    valid_to date not null check (valid_to > valid_from),
    given_at timestamptz not null,
    version bigint not null check (version > 0),
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    check (num_nonnulls(organisation, guardian_id) = 1)
);
create index access_grant_child on mapping.access_grant (child_id, id);
create index access_grant_organisation on mapping.access_grant (organisation, id) where organisation is not null;
create table mapping.pseudonym (
    organisation text not null,
    person_id uuid not null references mapping.person,
    alias uuid not null unique default gen_random_uuid(),
    primary key (organisation, person_id)
);
create table mapping.access_view (
    row_id uuid primary key,
    child_id uuid not null,
    day date not null,
    service text not null,
    reader_kind text not null,
    reader text not null,
    purpose text not null,
    what text not null,
    denied boolean not null,
    at timestamptz not null
);
create index access_view_line on mapping.access_view (child_id, day desc, service, reader_kind, reader, purpose, denied);
create table mapping.refusal (
    id uuid primary key,
    at timestamptz not null,
    kind text not null,
    asker text not null,
    action text not null,
    purpose text,
    reason text not null
);
"""

# What a caller reaches beyond its subjects: its own home; a system at work for a child, that child's guardians and homes;
# an organisation, the givers of its grants for the child, and their homes.
_REACH = """
create function mapping.granting_guardians() returns setof uuid language sql stable begin atomic
    select giver_id from mapping.access_grant
    where mapping.caller_kind() = 'machine' and organisation = mapping.caller_org() and withdrawn_at is null
      and child_id = any (mapping.caller_subjects())
;end;
create function mapping.reached() returns setof uuid language sql stable begin atomic
    select unnest(mapping.caller_subjects())
    union all
    select unnest(array[guardian_id, household_id]) from mapping.guardianship
    where mapping.caller_kind() = 'worker' and child_id = any (mapping.caller_subjects())
    union all
    select household_id from mapping.guardianship
    where mapping.caller_kind() = 'citizen' and guardian_id = any (mapping.caller_subjects())
    union all
    select unnest(array[guardian_id, household_id]) from mapping.guardianship
    where guardian_id in (select mapping.granting_guardians())
;end;
"""

_POLICIES = {
    "person": "id in (select mapping.reached()) or mapping.caller_is_mapping()",
    "household": "id in (select mapping.reached()) or mapping.caller_is_mapping()",
    "guardianship": "child_id = any (mapping.caller_subjects()) or guardian_id = any (mapping.caller_subjects())"
    " or mapping.caller_is_mapping() or guardian_id in (select mapping.granting_guardians())",
    "profile": "child_id = any (mapping.caller_subjects()) or mapping.caller_is_mapping()"
    " or child_id in (select child_id from mapping.guardianship where guardian_id in (select mapping.granting_guardians()))",
    "fact": "subject_id in (select mapping.reached())",
    "access_grant": "(mapping.caller_kind() <> 'machine' and child_id = any (mapping.caller_subjects()))"
    " or organisation = mapping.caller_org() or mapping.caller_is_mapping()",
    "pseudonym": "(mapping.caller_kind() = 'citizen' and person_id = any (mapping.caller_subjects()))"
    " or organisation = mapping.caller_org() or mapping.caller_is_mapping()",
}

_ACCESS_VIEW_POLICIES = """
alter table mapping.access_view enable row level security;
alter table mapping.access_view force row level security;
create policy access_view_read on mapping.access_view for select to mapping
    using ((mapping.caller_kind() = 'citizen' and child_id = any (mapping.caller_subjects())) or mapping.caller_is_mapping());
create policy access_view_write on mapping.access_view for insert to mapping with check (mapping.caller_kind() is not null);
create policy access_view_reset on mapping.access_view for delete to mapping using (mapping.caller_is_mapping());
alter table mapping.refusal enable row level security;
alter table mapping.refusal force row level security;
create policy refusal_write on mapping.refusal for insert to mapping with check (mapping.caller_is_mapping());
"""

# The one function that sees every person: from the keyed digest of a national id to the inner id. The digest itself is never readable.
_LOOKUP = """
create policy person_lookup on mapping.person for select to mapping_owner using (true);
create function mapping.find_persons(digests bytea[]) returns table (digest bytea, person_id uuid)
    language sql stable security definer set search_path = '' begin atomic
    select lookup, id from mapping.person where lookup = any (digests)
;end;
revoke all on function mapping.find_persons(bytea[]) from public;
grant execute on function mapping.find_persons(bytea[]) to mapping;
"""

_GRANTS = """
grant select (id, national_id, name, born, died, stillborn, lives_in_norway, protection, kommunenummer, address, cares_for, register_at), insert
    on mapping.person to mapping;
grant update (name, born, died, stillborn, lives_in_norway, protection, kommunenummer, address, cares_for, register_at) on mapping.person to mapping;
grant select, insert on mapping.household, mapping.pseudonym to mapping;
grant select, insert, update on mapping.guardianship to mapping;
grant select, insert, update (version, updated_at) on mapping.profile to mapping;
grant select, insert on mapping.fact to mapping;
grant select, insert, update (version, withdrawn_at, withdrawn_by) on mapping.access_grant to mapping;
grant select, insert, delete on mapping.access_view to mapping;
grant insert on mapping.refusal to mapping;
"""


def upgrade() -> None:
    """Creates the schema's tables, walls and rights."""
    create_shared_tables(op, schema="mapping")
    for script in (_CALLER, _TABLES, _REACH, _LOOKUP, _GRANTS, _ACCESS_VIEW_POLICIES):
        run(op, script)
    for table, condition in _POLICIES.items():
        run(op, _wall(table, condition))


def _wall(table: str, condition: str) -> str:
    return f"""
alter table mapping.{table} enable row level security;
alter table mapping.{table} force row level security;
create policy {table}_subjects on mapping.{table} to mapping using ({condition}) with check ({condition});
"""
