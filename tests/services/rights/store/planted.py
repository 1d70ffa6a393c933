"""Rules that the service ships, with something planted in them."""

from functools import cache

import yaml

from services.rights.store.files import RULES, Packed, packed

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


FEW = ("hjelpestonad", "grunnstonad", "brukerstyrt-personlig-assistanse", "frikort")


@cache
def shipped():
    """Some of the rights that we ship and the rates they use, without links, and without their texts, which name nodes of their trees."""
    ours = packed().files
    pack = Packed({name: text for name, text in ours.items() if "/" not in name or name in map(rule_file, FEW)})
    pack = with_file("forms.yaml", {"forms": []}, pack)
    rates, said = content("rates.yaml", pack), b"".join(pack.files[rule_file(right)] for right in FEW).decode()
    used = [rate for place, rate in enumerate(rates["rates"]) if rate["id"] in said or place <= 1]
    pack = with_file("rates.yaml", {**rates, "rates": used}, pack)
    for right in FEW:
        pack = with_file(rule_file(right), {**content(rule_file(right), pack), "links": {}, "unverified": []}, pack)
    return pack


def rule_file(right):
    """Where the right's rule is."""
    return f"{RULES}/{right}.yaml"


def content(file, pack=None):
    """The file's content, a copy to change."""
    return yaml.load((pack or shipped()).files[file], Loader=_LOADER)


def with_file(file, changed, pack=None):
    """What we ship with this file's content instead."""
    text = yaml.dump(changed, Dumper=_DUMPER, allow_unicode=True, sort_keys=False)
    return Packed({**(pack or shipped()).files, file: text.encode()})


def planted(file, path, value, pack=None):
    """What we ship with this value at the path in the file; None takes away what stands there."""
    changed = content(file, pack)
    *steps, last = path
    block = changed
    for step in steps:
        block = block[step]
    if value is None:
        del block[last]
    elif isinstance(block, list) and last == len(block):
        block.append(value)
    else:
        block[last] = value
    return with_file(file, changed, pack)
