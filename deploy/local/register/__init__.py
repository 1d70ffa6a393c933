"""A population register on one machine: synthetic families behind the interface that the real one would have.

`POST /v1/persons/lookup` and nothing else: no list, no search, no number in an address. It has no login: it binds to 127.0.0.1 and holds no real person.
"""
