"""Commands as people use them."""

from typing import Any

from bot.playground import Playground, Reply


async def use(playground: Playground, command: str, **options: Any) -> Reply:
    """Return the answer to a command in the ordinary channel."""
    reply = await playground.ada.slash(playground.channel, command, **options)
    assert reply is not None
    assert playground.faults == []
    return reply
