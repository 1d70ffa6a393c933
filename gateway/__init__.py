"""The one door: everything from outside comes through here, and nothing else is reachable from outside.

Owns: who is calling (ID-porten, Maskinporten), which routes exist, limits, the exchange of the outside
token for an internal one, the joined API description and the front-end's start page. No database.
Asks mapping for every decision on a person; decides nothing about persons itself.
Hears and emits no events.
"""
