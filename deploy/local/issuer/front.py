"""What someone sees who opens the issuers' address by itself."""

from html import escape

from fastapi import APIRouter, Request
from starlette.responses import Response

from deploy.local.issuer.idporten import texts
from deploy.local.issuer.idporten.login import browser_language
from deploy.local.issuer.idporten.page import page

METADATA = (
    (texts.FRONT_PEOPLE, "idporten/.well-known/openid-configuration"),
    (texts.FRONT_SYSTEMS, "maskinporten/.well-known/oauth-authorization-server"),
)
routes = APIRouter(include_in_schema=False)


@routes.get("/")
async def front(request: Request) -> Response:
    """What this is, and where the metadata of the two are."""
    lang = browser_language(request)
    links = "".join(f'<li><a href="{address}">{escape(text.in_(lang))}</a></li>' for text, address in METADATA)
    return page(texts.FRONT.in_(lang), f"<p>{escape(texts.FRONT_MORE.in_(lang))}</p>\n<ul>{links}</ul>", lang)
