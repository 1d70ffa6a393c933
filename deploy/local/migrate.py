"""`somlos migrate`: every service's schema up to date, with the cluster's own passwords, while PostgreSQL runs."""

import subprocess
import sys

from deploy.local.layout import layout
from deploy.local.parts import migrations

if __name__ == "__main__":
    command = migrations(layout())
    sys.exit(
        subprocess.run(command.arguments, env=dict(command.environment), cwd=command.directory, check=False).returncode
    )
