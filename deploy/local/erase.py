"""`somlos erase PERSON`: a person is erased everywhere, with the running cluster's keys. It cannot be undone."""

import subprocess
import sys

from deploy.local.layout import layout
from deploy.local.parts import erase_command


def main(arguments: list[str]) -> int:
    """Run mapping's own command in mapping's own environment."""
    command = erase_command(layout(), arguments)
    environment = dict(command.environment)
    return subprocess.run(command.arguments, env=environment, cwd=command.directory, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
