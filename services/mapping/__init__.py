"""Mapping (kartlegging): what a family has told about its child, who may see it, and who has seen it.

Owns: persons and guardianship as the population register tells them; the child's profile of typed facts with
its whole history; grants; each organisation's pseudonym of a person; the access log as the family reads it;
and the access decision that the gateway asks for on every request about a child.
Schema: `mapping`.
Tells: `profile.updated`, `grant.given`, `grant.withdrawn`, `person.erased`.
Hears: `access.logged` of rights, applications and status.
Asks: the population register; the other services for an access-log row of a protected child.
"""
