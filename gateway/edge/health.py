"""Whether the gateway runs and which services it reaches. It is ready by itself: each service's absence is its own 503."""

import asyncio

import aiohttp
from fastapi import APIRouter, Request

PROBE_TIMEOUT = aiohttp.ClientTimeout(total=1, sock_connect=0.5)
router = APIRouter(include_in_schema=False)


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/health/ready")
async def ready(request: Request) -> dict[str, object]:
    """Ready as soon as the door is open; degraded while a service is away."""
    addresses: dict[str, str] = request.app.state.settings.addresses
    session: aiohttp.ClientSession = request.app.state.inside.session
    found = await asyncio.gather(*(_answers(session, address) for address in addresses.values()))
    checks = {name: "ok" if ok else "away" for name, ok in zip(addresses, found, strict=True)}
    return {"status": "ready" if all(found) else "degraded", "checks": checks}


async def _answers(session: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with session.get(
            address.rstrip("/") + "/health/live", timeout=PROBE_TIMEOUT, allow_redirects=False
        ) as answer:
            return answer.ok
    except (aiohttp.ClientError, TimeoutError):
        return False
