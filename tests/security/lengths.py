"""How much is asked: a part of everything in the ordinary suite, everything in `make security` (SOMLOS_SECURITY=long)."""

import os

LONG = os.environ.get("SOMLOS_SECURITY") == "long"
