"""Rights: which services and benefits a family may have a right to, and why.

Owns: the rules (condition trees, rates, transitions) as data, and for each child and each guardian the facts that were
judged, sealed, with the profile's version and the verdicts' digest; each changed answer so that it can be given again, and
the rules it was given by. Answers are worked out at read, for today in Oslo; the worker judges again by the clock.
Schema: rights. Events in: no.somlos.profile.updated.v1 (the profile is fetched by reference from mapping), …person.erased.v1.
Events out: no.somlos.rights.changed.v1 (only when a verdict, or what changes soon, changed), no.somlos.access.logged.v1.
"""
