"""What the issuer says about itself (OpenID Connect Discovery 1.0)."""

from typing import Any

from fastapi import APIRouter

from deploy.local.issuer.assertions import ALGORITHMS
from deploy.local.issuer.idporten.provider import Here
from deploy.local.issuer.keys import ALGORITHM

SUBSTANTIAL, HIGH = "idporten-loa-substantial", "idporten-loa-high"
LEVELS = (SUBSTANTIAL, HIGH)
routes = APIRouter(prefix="/idporten", tags=["idporten"])


@routes.get("/.well-known/openid-configuration", summary="Metadata")
async def metadata(here: Here) -> dict[str, Any]:
    """Where the endpoints are, and what they can do."""
    url = here.issuer.url
    return {
        "issuer": url,
        "authorization_endpoint": f"{url}/authorize",
        "pushed_authorization_request_endpoint": f"{url}/par",
        "require_pushed_authorization_requests": True,
        "token_endpoint": f"{url}/token",
        "end_session_endpoint": f"{url}/logout",
        "jwks_uri": f"{url}/jwks.json",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["pairwise"],
        "acr_values_supported": list(LEVELS),
        "scopes_supported": ["openid", "profile"],
        "ui_locales_supported": ["nb", "nn", "en"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic", "none"],
        "token_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "frontchannel_logout_supported": True,
        "frontchannel_logout_session_supported": True,
    }


@routes.get("/jwks.json", summary="Public keys")
async def keys(here: Here) -> dict[str, Any]:
    """The keys that tokens are signed with."""
    return here.issuer.jwks
