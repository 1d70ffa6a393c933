"""Many people judged at once, for whoever prepares a change of rules: columns instead of situations, bits instead of states.

Run by hand (`python -m services.rights.bulk`), never by the service; it is the only room that knows NumPy. The rules, their programs and
their verdicts are the ones in domain/.
"""
