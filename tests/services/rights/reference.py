"""The facts' own reference evaluator (check.py), read from the facts folder; it is compared with, never copied."""

import importlib.util
from pathlib import Path
from types import ModuleType


def read_reference(folder: Path) -> ModuleType:
    """The evaluator as a module."""
    spec = importlib.util.spec_from_file_location("facts_check", folder / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
