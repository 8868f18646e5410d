"""The REST API and the gateway without a library between."""

import json
from typing import Any

import aiohttp

from bot.playground import Playground


class Http:
    """The REST API without a library between."""

    def __init__(self, playground: Playground, session: aiohttp.ClientSession) -> None:
        self.playground = playground
        self.session = session

    async def send(
        self, method: str, path: str, body: Any = None, *, token: str | None = None
    ) -> tuple[int, Any]:
        """Return the status and the JSON of an answer."""
        token = self.playground.token if token is None else token
        headers = {"Authorization": f"Bot {token}"} if token else {}
        url = self.playground.rest_url + path
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            if answer.status == 204:
                return 204, None
            assert answer.headers["Content-Type"] == "application/json"
            return answer.status, await answer.json()

    async def post(self, body: Any) -> tuple[int, Any]:
        """Post a message to #general."""
        return await self.send("POST", f"/channels/{self.playground.channel.id}/messages", body)


class Socket:
    """A gateway connection without a library between."""

    def __init__(self, playground: Playground, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.playground = playground
        self.socket = socket

    async def send(self, op: int, data: Any) -> None:
        """Send one payload."""
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def identify(self, **changes: Any) -> None:
        """Send IDENTIFY."""
        data = {"token": self.playground.token, "properties": {}, "intents": 0, **changes}
        await self.send(2, data)

    async def receive(self) -> Any:
        """Return the next payload, or the close code."""
        message = await self.socket.receive(timeout=10)
        if message.type is aiohttp.WSMsgType.TEXT:
            return json.loads(message.data)
        await self.socket.close()
        return self.socket.close_code
