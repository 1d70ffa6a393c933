"""The pages that a person sees: plain HTML without script, readable aloud, usable from the keyboard."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse

from deploy.local.issuer.idporten import texts
from deploy.local.issuer.idporten.state import LoginRequest
from deploy.local.issuer.refusals import NO_STORE
from deploy.local.register.people import Family, People, SyntheticPerson
from shared.dates import age_on
from shared.texts import Lang, Text

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
YOUTH_FROM, ADULT_FROM = 12, 18


def page(
    title: str, body: str, lang: Lang, *, sources: Mapping[str, str] | None = None, status: int = 200
) -> HTMLResponse:
    """A whole page. `sources` widens the content security policy."""
    policy = {
        "default-src": "'none'",
        "style-src": f"'sha256-{_STYLE_HASH}'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(
            f"{name} {value}" for name, value in {**policy, **(sources or {})}.items()
        ),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        **NO_STORE,
    }
    html = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<p class="notice" role="note">{escape(texts.NOTICE.in_(lang))}</p>\n<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )
    return HTMLResponse(html, status, headers)


def origin(address: str) -> str:
    """Scheme, host and port of an address, as a policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def stopped(reason: Text, lang: Lang) -> HTMLResponse:
    """The login cannot go on, and there is nobody to send the person back to."""
    return page(texts.STOPPED.in_(lang), f"<p>{escape(reason.in_(lang))}</p>", lang, status=400)


def choose_person(
    name: str, request: LoginRequest, client: Text, people: People, *, lang: Lang, day: date
) -> HTMLResponse:
    """Where one picks whom to log in as. `name` is the name of the page; `day` is today."""
    families = "\n".join(_family(family, lang, day) for family in people.families)
    level = texts.LEVEL.in_(lang).format(level=texts.LEVELS[request.acr].in_(lang))
    body = (
        f"{_languages(name, lang)}\n<p>{escape(texts.CHOOSE.in_(lang))} {escape(level)}</p>\n"
        f'<form method="post" action="login">\n<input type="hidden" name="page" value="{escape(name)}">\n<input type="hidden" name="lang" value="{lang}">\n'
        f'<button name="cancel" value="yes">{escape(texts.CANCEL.in_(lang))}</button>\n<div class="families">\n{families}\n</div>\n</form>'
    )
    title = texts.TITLE.in_(lang).format(client=client.in_(lang))
    return page(title, body, lang, sources={"form-action": f"'self' {origin(request.redirect_uri)}"})


def _languages(name: str, lang: Lang) -> str:
    links = "".join(
        f'<li><a href="login?page={escape(name)}&amp;lang={each}" lang="{each}" hreflang="{each}"{" aria-current=true" if each == lang else ""}>{written}</a></li>'
        for each, written in texts.LANGUAGES.items()
    )
    return f'<nav aria-label="{escape(texts.LANGUAGE.in_(lang))}"><ul>{links}</ul></nav>'


def _family(family: Family, lang: Lang, day: date) -> str:
    surname = next(iter(family.persons.values())).name.rpartition(" ")[2]
    title = texts.FAMILY.in_(lang).format(name=surname)
    persons = "".join(
        _person(family, name, lang, day) for name, person in family.persons.items() if can_log_in(person, day)
    )
    return f'<section aria-labelledby="{family.key}">\n<h2 id="{family.key}">{escape(title)}</h2>\n<p>{escape(family.about.in_(lang))}</p>\n<ul>{persons}</ul>\n</section>'


def can_log_in(person: SyntheticPerson, day: date) -> bool:
    """The living, from the day they are born."""
    return person.died is None and person.born <= day


def _person(family: Family, name: str, lang: Lang, day: date) -> str:
    person = family.persons[name]
    who = f"{_age(age_on(person.born, day)).in_(lang).format(years=age_on(person.born, day))}, {_role(family, name, day).in_(lang)}"
    return f'<li><button name="national_id" value="{person.national_id}"><span class="name">{escape(person.name)}</span> <span class="who">{escape(who)}</span></button></li>'


def _age(years: int) -> Text:
    return texts.UNDER_ONE if years < 1 else texts.ONE_YEAR if years == 1 else texts.YEARS


def _role(family: Family, name: str, day: date) -> Text:
    relation = next((each.relation for each in family.relations if each.adult == name), None)
    if relation:
        return texts.ROLES[relation]
    if all(each.child != name for each in family.relations):
        return texts.ADULT
    years = age_on(family.persons[name].born, day)
    return texts.CHILD if years < YOUTH_FROM else texts.YOUTH if years < ADULT_FROM else texts.YOUNG_ADULT


def logged_out(lang: Lang, *, frames: Iterable[tuple[Text, str]], back: str | None) -> HTMLResponse:
    """Tells each client of the session in a hidden frame of its own, then goes back to the one that asked."""
    told = list(frames)
    parts = [f"<p>{escape((texts.LOGGING_OUT_MORE if back else texts.LOGGED_OUT_MORE).in_(lang))}</p>"]
    for client, address in told:
        title = texts.LOGOUT_FRAME.in_(lang).format(client=client.in_(lang))
        parts.append(f'<iframe title="{escape(title)}" src="{escape(address)}"></iframe>')
    if back:
        parts.append(f'<p><a href="{escape(back)}">{escape(texts.BACK.in_(lang))}</a></p>')
    answer = page(
        texts.LOGGED_OUT.in_(lang),
        "\n".join(parts),
        lang,
        sources={"frame-src": " ".join(sorted({origin(address) for _, address in told})) or "'none'"},
    )
    if back:
        answer.headers["Refresh"] = f"2; url={back}"
    return answer
