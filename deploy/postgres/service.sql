-- One service's database, as decisions are: a role that owns the schema and migrates it, a role that works in it and owns nothing.
-- Run by psql as the administrator, once per service, as often as one likes.
--   psql variable  service   e.g. mapping
--                  database  e.g. somlos_mapping
--   environment    OWNER_PASSWORD, SERVICE_PASSWORD (never on the command line, where others could read them)
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv service_password SERVICE_PASSWORD
\set owner :service _owner
set client_min_messages = warning;

select format('create role %I', :'owner') where not exists (select from pg_roles where rolname = :'owner') \gexec
select format('create role %I', :'service') where not exists (select from pg_roles where rolname = :'service') \gexec
alter role :"owner" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
alter role :"service" login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'service_password';
alter role :"owner" set search_path = :"service", public;
alter role :"service" set search_path = :"service", public;

select format('create database %I', :'database') where not exists (select from pg_database where datname = :'database') \gexec
revoke all on database :"database" from public;
grant connect on database :"database" to :"service";
grant connect on database :"database" to :"owner";
revoke create on database :"database" from :"owner";

\connect :"database"
set client_min_messages = warning;
create extension if not exists pg_trgm schema public;
create extension if not exists unaccent schema public;
create extension if not exists btree_gist schema public;
create schema if not exists :"service" authorization :"owner";
revoke all on schema :"service" from public;
grant usage on schema :"service" to :"service";
