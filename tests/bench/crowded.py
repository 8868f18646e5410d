"""A playground with many servers, in a process of its own: `python -m tests.bench.crowded N`.

It prints the settings a bot needs, then answers each line of standard input, a question that Ada
asks, with a line: the milliseconds until the bot had answered.
"""

import asyncio
import sys

from bot.playground import Crowd, GatewaySettings, Playground
from bot.typed_lines import read_lines

A_SHARD = 2500  # servers; Discord allows no more
CHANNELS, ROLES, EMOJIS = 40, 25, 50  # of a server
PATIENCE_SECONDS = 60.0


async def serve(guilds: int) -> None:
    """Run it until standard input ends."""
    async with Playground(
        guilds=Crowd(guilds, CHANNELS, ROLES, EMOJIS),
        gateway=GatewaySettings(guilds_per_shard=A_SHARD + 1),  # ours is one more
        patience=PATIENCE_SECONDS,
    ) as playground:
        print(playground.rest_url, playground.gateway_url, playground.token, flush=True)
        async for line in read_lines(sys.stdin.fileno()):
            message = await playground.ada.post(playground.channel, line, mention=True)
            reply = await playground.answer(message)
            print(f"{reply.latency * 1000:.2f}", flush=True)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
