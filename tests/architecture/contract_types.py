"""Two import-linter contract types that say the house plan's table as it stands: what a room may import, and who may import a library."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules

Links = dict[tuple[str, str], tuple[int, ...]]


class RoomContract(Contract):
    """`rooms` import (directly) nothing but `may_import` and the standard library without `refused_stdlib`."""

    type_name = "room"

    rooms = fields.SetField(subfield=fields.ModuleExpressionField())
    may_import = fields.SetField(subfield=fields.StringField(), required=False)
    refused_stdlib = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Break on each import that the room's line of the table does not name."""
        output.verbose_print(verbose, f"{self.name}…")
        rooms = module_expressions_to_modules(graph, self.rooms or (), as_packages=True)  # type: ignore[arg-type]
        links = {
            (room.name, target)
            for room in rooms
            if room.name in graph.modules
            for target in graph.find_modules_directly_imported_by(room.name)
            if not self._allowed(target)
        }
        return _answer(graph, links)

    def _allowed(self, target: str) -> bool:
        root = target.partition(".")[0]
        if root in sys.stdlib_module_names:
            return root not in (self.refused_stdlib or ())  # type: ignore[operator]
        return any(_covers(expression, target) for expression in self.may_import or ())  # type: ignore[attr-defined]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and its lines."""
        _render(check)


class OnlyContract(Contract):
    """`libraries` are imported (directly) by `importers` alone."""

    type_name = "only"

    libraries = fields.SetField(subfield=fields.StringField())
    importers = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Break on each importer that is not named."""
        output.verbose_print(verbose, f"{self.name}…")
        links = {
            (importer, library)
            for library in self.libraries  # type: ignore[attr-defined]
            if library in graph.modules
            for importer in graph.find_modules_that_directly_import(library)
            if not any(_covers(expression, importer) for expression in self.importers)  # type: ignore[attr-defined]
        }
        return _answer(graph, links)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and its lines."""
        _render(check)


def _covers(expression: str, module: str) -> bool:
    """Whether `module` is what `expression` names or lies inside it; `*` stands for one whole name."""
    wanted, given = expression.split("."), module.split(".")
    return len(given) >= len(wanted) and all(want in ("*", name) for want, name in zip(wanted, given, strict=False))


def _answer(graph: ImportGraph, links: set[tuple[str, str]]) -> ContractCheck:
    found: Links = {
        (importer, imported): tuple(
            each["line_number"] for each in graph.get_import_details(importer=importer, imported=imported)
        )
        for importer, imported in sorted(links)
    }
    return ContractCheck(kept=not found, metadata={"links": found})


def _render(check: ContractCheck) -> None:
    for (importer, imported), lines in check.metadata["links"].items():
        output.print_error(f"- {importer} -> {imported} (l.{', '.join(map(str, lines))})", bold=False)
    output.new_line()
