"""The command `somlos`: what the Makefile calls."""

import argparse
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from deploy.local import down, logs, page, record, up
from deploy.local.layout import ROOT, layout
from deploy.local.process import StartFailed

_OTHERS = {
    "demo": ("deploy.local.demo", "the story, told through the gateway"),
    "replay": ("deploy.local.replay", "let a service hear its events again"),
    "backup": ("deploy.local.backup", "a base backup of PostgreSQL, while it runs"),
    "restore": ("deploy.local.restore", "set the stopped cluster's databases back to a moment"),
    "erase": ("deploy.local.erase", "erase a person everywhere, for good"),
    "raise-epoch": (
        "deploy.local.raise_epoch",
        "after a standby was promoted: events from now on are later than all before",
    ),
    "contracts": ("tests.contracts.write", "write the stored OpenAPI, AsyncAPI and event schemas anew"),
    "migrate": ("deploy.local.migrate", "bring every service's schema up to date, with the cluster running"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, run, and end with a sentence rather than a traceback where something expected went wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in _OTHERS:
        _other(words[0], words[1:])
    options = _parser().parse_args(words)
    try:
        return int(options.run(options))
    except StartFailed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="somlos", description="Sømløs on one machine.")
    commands = parser.add_subparsers(required=True, metavar="command")
    start = _command(commands, "up", "start everything, and stay in front of it until Ctrl-C", _up)
    start.add_argument("--separate", action="store_true", help="API and worker of a service as processes of their own")
    start.add_argument("--detach", action="store_true", help="start it in the background, and return when it is ready")
    start.add_argument(
        "--without", action="append", default=[], metavar="PART", help="leave a part out, to run it yourself"
    )
    _command(commands, "down", "stop it", lambda _: down.down(layout()))
    _command(commands, "status", "what runs where", _status)
    show = _command(
        commands,
        "logs",
        "the end of every log, or of one",
        lambda options: logs.show(layout(), options.part, options.follow),
    )
    show.add_argument("part", nargs="?", help="e.g. rights")
    show.add_argument("-f", "--follow", action="store_true", help="go on until Ctrl-C")
    for name, (_, text) in _OTHERS.items():
        commands.add_parser(name, help=text)
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:  # fmt: skip
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _up(options: argparse.Namespace) -> int:
    return up.up(layout(), separate=options.separate, detach=options.detach, without=options.without)


def _status(_: argparse.Namespace) -> int:
    where = layout()
    found = record.read(where)
    if record.Lock(where).holder() is None or found is None:
        print("Sømløs is not running here. Start it with: make up")
        return 3
    print(page.render(where, found))
    return 0


def _other(name: str, arguments: list[str]) -> NoReturn:
    """Become the module that does it."""
    module = _OTHERS[name][0]
    os.chdir(ROOT)
    if not _is_there(module):
        raise SystemExit(f"`somlos {name}` needs the module {module}, which is not part of this installation.")
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 -- our own interpreter and module


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main())
