"""`somlos replay SERVICE --key … | --since … | --all`: lets a service hear its events again, with the running cluster's passwords."""

import subprocess
import sys

from deploy.local.layout import WITH_DATABASE, layout
from deploy.local.parts import replay_command


def main(arguments: list[str]) -> int:
    """Run the service's own replay in its own environment."""
    if not arguments or arguments[0] not in WITH_DATABASE:
        print(
            f"Say which service: {', '.join(WITH_DATABASE)}. For example: make replay SERVICE=rights KEY=<uuid>",
            file=sys.stderr,
        )
        return 2
    command = replay_command(layout(), arguments[0], arguments[1:])
    return subprocess.run(
        command.arguments, env=dict(command.environment), cwd=command.directory, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
