"""`somlos migrate`: every service's schema up to date, with the cluster's own passwords, while PostgreSQL runs."""

import sys

from deploy.local.layout import layout
from deploy.local.parts import migrations
from deploy.local.process import run_in_front

if __name__ == "__main__":
    sys.exit(run_in_front(migrations(layout())))
