"""The joined OpenAPI document as one page: made on the server, no script, nothing fetched from elsewhere.

An anchor stands inside what is folded, so that a browser unfolds it when a link leads there.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
_WHO = {"idporten": "people", "maskinporten": "organisations"}
_NOTHING_SAID = "Successful Response"  # what FastAPI says when nobody does
_FIRST_REFUSAL = 400
_SCHEMA_PLACE = "#/components/schemas/"
Part = Mapping[str, Any]


def render(document: Part) -> str:
    """The whole page."""
    sections = [_section(document, tag) for tag in document["tags"]]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document['info']['title'])} API</title><style>{STYLE}</style></head><body>"
        f"{_contents(document)}<main><h1>{escape(document['info']['title'])} API</h1>{_prose(document['info']['description'])}"
        f"<p>Everything under <code>{escape(document['servers'][0]['url'])}</code>. "
        'The same for machines: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>'
        f"{_access(document)}{''.join(sections)}{_schemas(document)}</main></body></html>"
    )


def _operations(document: Part, tag: str) -> Iterator[tuple[str, str, Part]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                yield method, path, operation


def _contents(document: Part) -> str:
    """The menu: one part folds out at a time, so that it takes a few lines of a phone; a wide window shows all of it."""
    parts = ['<nav aria-label="Contents"><strong>Sømløs</strong><a href="#access">Access</a>']
    for tag in document["tags"]:
        items = [
            f'<li><a href="#{_anchor(method, path)}">{escape(operation.get("summary", path))}</a></li>'
            for method, path, operation in _operations(document, tag["name"])
        ]
        if items:
            name = escape(tag["name"])
            parts.append(
                f'<details name="menu"><summary>{name}</summary><ul><li><a href="#{name}">About {name}</a></li>{"".join(items)}</ul></details>'
            )
    parts.append('<a href="#schemas">Schemas</a></nav>')
    return "".join(parts)


def _access(document: Part) -> str:
    schemes = document["components"]["securitySchemes"]
    flow = schemes["maskinporten"]["flows"]["clientCredentials"]
    scopes = "".join(
        f"<tr><td><code>{escape(scope)}</code></td><td>{escape(about)}</td></tr>"
        for scope, about in flow["scopes"].items()
    )
    return (
        f'<h2 id="access">Access</h2><p><strong>People</strong>: {escape(schemes["idporten"]["description"])} '
        f"Discovery: <code>{escape(schemes['idporten']['openIdConnectUrl'])}</code></p>"
        f"<p><strong>Organisations</strong>: {escape(schemes['maskinporten']['description'])} Token: <code>{escape(flow['tokenUrl'])}</code></p>"
        f"<table><tr><th>Scope</th><th>What it is for</th></tr>{scopes}</table>"
    )


def _section(document: Part, tag: Part) -> str:
    name = tag["name"]
    operations = "".join(
        _operation(document, method, path, operation) for method, path, operation in _operations(document, name)
    )
    if name in document.get("x-unavailable", ()):
        operations = '<p class="notice">This part did not answer just now. Load the page again shortly.</p>'
    return (
        f'<section><h2 id="{escape(name)}">{escape(name)}</h2><p class="soft">{escape(tag["description"])}</p>{operations}</section>'
        if operations
        else ""
    )


def _operation(document: Part, method: str, path: str, operation: Part) -> str:
    who = [_WHO[name] for option in operation["security"] for name in option] or ["open to all"]
    scopes = [scope for option in operation["security"] for names in option.values() for scope in names]
    inner = [_prose(operation.get("description", ""))]
    if scopes:
        inner.append(
            f"<p>Scope for organisations: {', '.join(f'<code>{escape(scope)}</code>' for scope in scopes)}</p>"
        )
    inner += [_parameters(document, operation), _body(document, operation), _responses(document, operation)]
    return (
        f'<details class="operation"><summary><span class="method {method}">{method.upper()}</span>'
        f'<code>{escape(path)}</code><span class="who">{escape(" and ".join(who))}</span>'
        f'<span class="what">{escape(operation.get("summary", ""))}</span></summary><div class="inner" id="{_anchor(method, path)}">{"".join(inner)}</div></details>'
    )


def _parameters(document: Part, operation: Part) -> str:
    rows = []
    for parameter in (_resolved(document, each) for each in operation.get("parameters", ())):
        mark = ' <span class="required">required</span>' if parameter.get("required") else ""
        about = parameter.get("description") or parameter.get("schema", {}).get("description", "")
        rows.append(
            f"<tr><td><code>{escape(parameter['name'])}</code>{mark}</td><td>{escape(parameter['in'])}</td>"
            f"<td>{_type(parameter.get('schema', {}))}</td><td>{_inline(about)}</td></tr>"
        )
    return (
        f"<h3>Parameters</h3><table><tr><th>Name</th><th>In</th><th>Type</th><th></th></tr>{''.join(rows)}</table>"
        if rows
        else ""
    )


def _body(document: Part, operation: Part) -> str:
    contents = _resolved(document, operation.get("requestBody", {})).get("content", {})
    limit = f'<p class="soft">At most {operation["x-body-limit"] // 1024} KiB.</p>' if contents else ""
    return (
        "".join(f"<h3>Body · {escape(media)}</h3>{_content(document, content)}" for media, content in contents.items())
        + limit
    )


def _responses(document: Part, operation: Part) -> str:
    good, problems = [], []
    for status, response in sorted(operation["responses"].items()):
        found = _resolved(document, response)
        if int(status) < _FIRST_REFUSAL:
            shown = "".join(_content(document, content) for content in found.get("content", {}).values())
            about = found.get("description", "").replace(_NOTHING_SAID, "")
            good.append(f"<h3>Answer · {escape(status)}</h3>{_prose(about)}{shown}")
        else:
            problems.append(f"<tr><td>{escape(status)}</td><td>{_inline(found.get('description', ''))}</td></tr>")
    return "".join(good) + f"<h3>Refusals</h3><table>{''.join(problems)}</table>"


def _content(document: Part, content: Part) -> str:
    schema = content.get("schema", {})
    example = _example(document, content, schema)
    shown = f"<pre>{escape(json.dumps(example, ensure_ascii=False, indent=2))}</pre>" if example is not None else ""
    return f"<p>{_type(schema)}</p>{shown}"


def _example(document: Part, content: Part, schema: Part) -> Any:
    """The first example that the document gives, on the content or on the schema it names."""
    if "example" in content:
        return content["example"]
    for each in content.get("examples", {}).values():
        return each.get("value")
    found = _resolved(document, schema)
    return found.get("example", next(iter(found.get("examples", ())), None))


def _schemas(document: Part) -> str:
    shown = "".join(_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return f'<h2 id="schemas">Schemas</h2>{shown}'


def _schema(name: str, schema: Part) -> str:
    required = schema.get("required", ())
    rows = []
    for field, about in schema.get("properties", {}).items():
        mark = ' <span class="required">required</span>' if field in required else ""
        rows.append(
            f"<tr><td><code>{escape(field)}</code>{mark}</td><td>{_type(about)}</td><td>{_inline(about.get('description', ''))}</td></tr>"
        )
    table = (
        f"<table><tr><th>Field</th><th>Type</th><th></th></tr>{''.join(rows)}</table>"
        if rows
        else f"<p>{_type(schema)}</p>"
    )
    inner = f'<div class="inner" id="schema-{escape(name)}">{_prose(schema.get("description", ""))}{table}</div>'
    return f'<details class="schema"><summary><code>{escape(name)}</code></summary>{inner}</details>'


def _type(schema: Part) -> str:
    """A schema in a few words; a named one as a link."""
    if "$ref" in schema:
        name = escape(str(schema["$ref"]).removeprefix(_SCHEMA_PLACE))
        return f'<a href="#schema-{name}"><code>{name}</code></a>'
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(_type(each) for each in schema[several])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(json.dumps(value, ensure_ascii=False))}</code>" for value in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const'], ensure_ascii=False))}</code>"
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"map to {_type(schema['additionalProperties'])}"
    return escape(f"{kind} ({schema['format']})" if "format" in schema else str(kind))


def _resolved(document: Part, part: Part) -> Part:
    """What a reference points at; the part itself when it is none."""
    if "$ref" not in part:
        return part
    found: Any = document
    for step in str(part["$ref"]).removeprefix("#/").split("/"):
        found = found.get(step, {})
    return found if isinstance(found, dict) else {}


def _anchor(method: str, path: str) -> str:
    return escape(method + "-" + re.sub(r"[^a-zA-Z0-9]+", "-", path).strip("-"))


def _prose(text: str) -> str:
    return "".join(f"<p>{_inline(part)}</p>" for part in re.split(r"\n\s*\n", text.strip()) if part)


def _inline(text: str) -> str:
    """Escaped text with **strong** and `code`."""
    marked = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", marked)
