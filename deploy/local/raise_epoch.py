"""`somlos raise-epoch`: what is told from now on counts as later than all that was told. After a standby was promoted, with the cluster running."""

import sys
from collections.abc import Sequence

from deploy.local.layout import layout
from deploy.local.parts import epoch_command
from deploy.local.process import run_in_front


def main(arguments: Sequence[str]) -> int:
    """0 when every service's epoch is raised."""
    return run_in_front(epoch_command(layout(), arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
