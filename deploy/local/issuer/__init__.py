"""Two issuers on one machine, in one process: `/idporten` behaves as ID-porten, `/maskinporten` as Maskinporten.

They refuse what the real ones refuse. Only synthetic persons and synthetic organisations are in them, and no route hands out a token
without the login or the assertion that the real one would ask for. `docs/logging-in.md` says how they differ from the real ones.
"""
