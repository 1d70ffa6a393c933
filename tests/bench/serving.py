"""Runs an application of a measurement as a process of its own: `python -m tests.bench.serving <module:factory> <port>`."""

import sys

from shared.serve import serve

if __name__ == "__main__":
    serve(sys.argv[1], port=int(sys.argv[2]))
