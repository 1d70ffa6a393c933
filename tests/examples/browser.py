"""Headless Chromium, spoken to over its DevTools protocol: enough of it to walk through a page as a person does."""

import asyncio
import base64
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.support.until import until

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)
WIDE, TALL = 1000, 900
FIND = "[...document.querySelectorAll({selector})].find((each) => each.textContent.includes({text}))"


def chromium() -> str | None:
    """The browser on the PATH, if there is one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page. What its script says to the console and which addresses it asks is kept."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._numbers = socket, count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._instead: dict[str, tuple[int, Any]] = {}
        self._sending: set[asyncio.Task[Any]] = set()
        self.requested: list[str] = []
        self.complaints: list[str] = []

    async def listen(self) -> None:
        """Until the browser hangs up."""
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                self._waiting.pop(said["id"]).set_result(said)
            else:
                self._note(said["method"], said["params"])

    def _note(self, method: str, told: dict[str, Any]) -> None:
        match method:
            case "Network.requestWillBeSent":
                self.requested.append(told["request"]["url"])
            case "Fetch.requestPaused":
                sending = asyncio.create_task(self._answer(told["requestId"], told["request"]))
                self._sending.add(sending)
                sending.add_done_callback(self._sending.discard)
            case "Log.entryAdded":
                self.complaints.append(f"{told['entry']['source']}: {told['entry']['text']}")
            case "Runtime.exceptionThrown":
                self.complaints.append(f"script: {told['exceptionDetails'].get('exception', {}).get('description')}")

    async def instead(self, path: str, status: int, body: Any) -> None:
        """From now on the page gets this when it asks for that path."""
        self._instead[path] = (status, body)
        await self.command("Fetch.enable", patterns=[{"urlPattern": f"*{each}"} for each in self._instead])

    async def _answer(self, request_id: str, request: dict[str, Any]) -> None:
        status, body = self._instead[urlsplit(request["url"]).path]
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "authorization, accept-language"}
        preflight = request["method"] == "OPTIONS"
        await self.command(
            "Fetch.fulfillRequest",
            requestId=request_id,
            responseCode=204 if preflight else status,
            responseHeaders=[
                {"name": name, "value": value}
                for name, value in {**headers, "Content-Type": "application/json"}.items()
            ],
            body=base64.b64encode(b"" if preflight else json.dumps(body).encode()).decode(),
        )

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol, and its answer."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        said = await answer
        assert "error" not in said, said["error"]
        result: dict[str, Any] = said["result"]
        return result

    async def go(self, address: str) -> None:
        """To another address, as if it were typed."""
        await self.command("Page.navigate", url=address)

    async def js(self, expression: str) -> Any:
        """What the expression is worth in the page. A page that is on its way out is worth nothing."""
        said = await self.command("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        return said["result"].get("value") if "exceptionDetails" not in said else None

    async def text(self) -> str:
        """What a person can read."""
        return str(await self.js("document.body?.innerText ?? ''"))

    async def sees(self, text: str) -> str:
        """Waits until the page says so; gives all that it says."""

        async def look() -> str | None:
            said = await self.text()
            return said if text in said else None

        return str(await until(look, deadline=20))

    async def click(self, text: str, selector: str = "button") -> None:
        """What carries that text."""
        found = FIND.format(selector=json.dumps(selector), text=json.dumps(text))
        await until(lambda: self.js(f"({found}) !== undefined"), deadline=20)
        await self.js(f"({found}).click()")

    async def width(self, pixels: int) -> None:
        """As on a screen so wide."""
        await self.command(
            "Emulation.setDeviceMetricsOverride", width=pixels, height=TALL, deviceScaleFactor=1, mobile=False
        )

    async def picture(self) -> bytes:
        """What it looks like, whole, as PNG: for one's own look."""
        shot = await self.command("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])


@asynccontextmanager
async def browsing(program: str) -> AsyncIterator[Tab]:
    """An empty tab of a browser that knows nobody; gone when the block ends."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            program,
            *FLAGS,
            f"--user-data-dir={profile}",
            f"--window-size={WIDE},{TALL}",
            "about:blank",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            port = await _port(Path(profile) / "DevToolsActivePort", process)
            async with aiohttp.ClientSession() as http, _tab(http, port) as tab:
                yield tab
        finally:
            process.kill()
            await process.wait()


async def _port(file: Path, process: asyncio.subprocess.Process) -> str:
    def look() -> str | None:
        assert process.returncode is None, f"the browser ended with {process.returncode}"
        lines = file.read_text(encoding="ascii").splitlines() if file.exists() else []
        return lines[0] if len(lines) > 1 else None

    return str(await until(look, deadline=60))


@asynccontextmanager
async def _tab(http: aiohttp.ClientSession, port: str) -> AsyncIterator[Tab]:
    async with http.get(f"http://127.0.0.1:{port}/json/list") as answer:
        address = next(each["webSocketDebuggerUrl"] for each in await answer.json() if each["type"] == "page")
    async with http.ws_connect(address, max_msg_size=0) as socket:
        tab = Tab(socket)
        listening = asyncio.create_task(tab.listen())
        for domain in ("Page", "Network", "Log", "Runtime"):
            await tab.command(f"{domain}.enable")
        try:
            yield tab
        finally:
            listening.cancel()
