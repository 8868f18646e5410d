"""The bot that ours is measured beside: plain discord.py, answering each mention with its text."""

import os

import discord
import yarl


class EchoBot(discord.Client):
    """Repeats what it is told."""

    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention."""
        if self.user in message.mentions and not message.author.bot:
            await message.reply(f"You said: {message.content}", mention_author=False)


def main() -> None:
    """Run it, on the Discord that the environment names in the words of `portolan run`."""
    discord.http.Route.BASE = os.environ["DISCORD_API_URL"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["DISCORD_GATEWAY_URL"])
    intents = discord.Intents(guild_messages=True, dm_messages=True)
    EchoBot(intents=intents).run(os.environ["DISCORD_TOKEN"])


main()
