"""One plot as SVG text: each ratio on its own scale, its rounds as dots, its median as a bar, floor and aim as marks."""

from collections.abc import Sequence
from html import escape

from tests.bench.harness import Better, Row, Verdict

WIDTH, LINE, LEFT, RIGHT, TOP = 860, 34, 330, 70, 46
COLOURS = {Verdict.AIM: "#2a7d4f", Verdict.FLOOR: "#b8860b", Verdict.UNDER: "#b3261e"}
STYLE = "text{font:13px system-ui,sans-serif;fill:#222}.small{font-size:11px;fill:#555}"


def ratios(rows: Sequence[Row]) -> str:
    """All rows, one line each. A line's scale runs from 0 to a little past the largest of its rounds and limits."""
    height = TOP + LINE * len(rows) + 12
    lines = [_line(row, TOP + LINE * number) for number, row in enumerate(rows)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Each ratio with its floor and its aim">',
            f"<style>{STYLE}</style>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            '<text x="12" y="20">Each ratio on its own scale, from 0</text>',
            _legend(),
            *lines,
            "</svg>\n",
        ]
    )


def _legend() -> str:
    return (
        f'<text class="small" x="{LEFT}" y="20">bar: median · dots: rounds · <tspan fill="#b3261e">▏floor</tspan> · '
        '<tspan fill="#1a56a8">▏aim</tspan> · → more is better, ← less is better</text>'
    )


def _line(row: Row, top: int) -> str:
    room = WIDTH - LEFT - RIGHT
    most = max(*row.rounds, row.ratio, row.limit.floor, row.limit.aim) * 1.08

    def place(value: float) -> str:
        return f"{LEFT + room * value / most:.1f}"

    middle, arrow = top + LINE / 2, "→" if row.limit.better is Better.HIGHER else "←"
    bar = f'<rect x="{LEFT}" y="{middle - 7}" width="{room * row.ratio / most:.1f}" height="14" fill="{COLOURS[row.verdict]}" fill-opacity="0.55"/>'
    dots = [f'<circle cx="{place(each)}" cy="{middle}" r="2.2" fill="#222" fill-opacity="0.6"/>' for each in row.rounds]
    marks = [
        f'<line x1="{place(value)}" x2="{place(value)}" y1="{middle - 12}" y2="{middle + 12}" stroke="{colour}" stroke-width="2"/>'
        for value, colour in ((row.limit.floor, "#b3261e"), (row.limit.aim, "#1a56a8"))
    ]
    name = f'<text x="12" y="{middle + 4}">{arrow} {escape(row.name)}</text>'
    figure = f'<text x="{WIDTH - RIGHT + 8}" y="{middle + 4}">{row.printed}</text>'
    return "".join([name, bar, *dots, *marks, figure])
