"""A token for trying things in a shell, against the local cluster (make up). Good for ten minutes.

    TOKEN=$(.venv/bin/python -m examples.log_in person 14838836047)
    TOKEN=$(.venv/bin/python -m examples.log_in organisation hamar somlos:grants.read somlos:profile.read)

Without anything after it, `person` lists the synthetic people. An app logs in as examples/page does, a system as examples/case_system.py does.
"""

import argparse
import asyncio
import os
import sys

import httpx

from deploy.local.layout import layout, port
from deploy.local.login import LoginFailed, log_in_citizen, log_in_machine
from deploy.local.register.people import read_people


async def token(options: argparse.Namespace) -> str:
    """An access token at the gateway. Raises LoginFailed."""
    issuer = f"http://localhost:{port('issuer')}"
    gateway = os.environ.get("SOMLOS_GATEWAY", f"http://localhost:{port('gateway')}")
    async with httpx.AsyncClient(timeout=30) as http:
        if options.who == "person":
            return await log_in_citizen(http, f"{issuer}/idporten", options.number, gateway)
        key = layout().state / "clients" / f"{options.key}.jwk.json"
        return await log_in_machine(http, f"{issuer}/maskinporten", key, options.scopes, gateway)


def people() -> str:
    """One line for each."""
    return "\n".join(f"{each.national_id}  {each.name}  ({family.key})" for family, _, each in read_people().everyone())


def main() -> int:
    parser = argparse.ArgumentParser(description="Prints an access token for the local gateway.")
    kinds = parser.add_subparsers(dest="who", required=True)
    kinds.add_parser("person").add_argument("number", nargs="?")
    organisation = kinds.add_parser("organisation")
    organisation.add_argument("key", help="hamar, gjovik, vaga, nav, … (deploy/local/organisations.yaml)")
    organisation.add_argument("scopes", nargs="+")
    options = parser.parse_args()
    if options.who == "person" and options.number is None:
        print(people())
        return 0
    try:
        print(asyncio.run(token(options)))
    except LoginFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    except FileNotFoundError as fault:
        print(f"{fault.filename} is not there: is the name right, and has `make up` been run?", file=sys.stderr)
        return 1
    except httpx.ConnectError:
        print("The issuer does not answer: start the local cluster with `make up`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
