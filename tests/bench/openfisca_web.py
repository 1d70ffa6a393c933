"""OpenFisca's own web API over the S50 catalogue, as `openfisca serve` runs it: `python openfisca_web.py <port> <workers>`."""

import sys

from gunicorn.app.base import BaseApplication
from openfisca_s50 import system
from openfisca_web_api.app import create_app


class Served(BaseApplication):
    """Gunicorn with these settings and no others."""

    def load_config(self):
        """Where, and how many."""
        self.cfg.set("bind", f"127.0.0.1:{sys.argv[1]}")
        self.cfg.set("timeout", 120)
        self.cfg.set("workers", int(sys.argv[2]))

    def load(self):
        """The application."""
        return create_app(system())


if __name__ == "__main__":
    Served().run()
