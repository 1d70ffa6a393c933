"""`somlos replay SERVICE --key … | --since … | --all`: lets a service hear its events again, with the running cluster's passwords."""

import sys

from deploy.local.layout import WITH_DATABASE, layout
from deploy.local.parts import replay_command
from deploy.local.process import run_in_front


def main(arguments: list[str]) -> int:
    """Run the service's own replay in its own environment."""
    if not arguments or arguments[0] not in WITH_DATABASE:
        print(
            f"Say which service: {', '.join(WITH_DATABASE)}. For example: make replay SERVICE=rights KEY=<uuid>",
            file=sys.stderr,
        )
        return 2
    return run_in_front(replay_command(layout(), arguments[0], arguments[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
