"""`somlos erase PERSON`: a person is erased everywhere, with the running cluster's keys. It cannot be undone."""

import sys

from deploy.local.layout import layout
from deploy.local.parts import erase_command
from deploy.local.process import run_in_front


def main(arguments: list[str]) -> int:
    """Run mapping's own command in mapping's own environment."""
    return run_in_front(erase_command(layout(), arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
