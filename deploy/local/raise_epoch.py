"""`somlos raise-epoch`: what is told from now on counts as later than all that was told. After a standby was promoted, with the cluster running."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from deploy.local.layout import layout
from deploy.local.parts import epoch_command


def main(arguments: Sequence[str]) -> int:
    """0 when every service's epoch is raised."""
    parser = argparse.ArgumentParser(
        prog="somlos raise-epoch", description="Events from now on are later than all before."
    )
    parser.add_argument("--tell-again-since", type=datetime.fromisoformat, help="with a time zone")
    command = epoch_command(layout(), parser.parse_args(arguments).tell_again_since)
    environment = dict(command.environment)
    return subprocess.run(command.arguments, env=environment, cwd=command.directory, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
