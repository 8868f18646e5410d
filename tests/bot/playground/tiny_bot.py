"""A tiny bot on an unchanged discord.py that uses whatever the playground offers."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any, Self, cast

import discord
from discord import app_commands
from typing_extensions import override

NO_ONE = discord.AllowedMentions.none()


class Card(discord.ui.LayoutView):
    """Components V2: a text with a button beside it, a select, two more buttons."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        more: discord.ui.Button[Self] = discord.ui.Button(label="More", custom_id="more")
        more.callback = self.more  # type: ignore[method-assign]
        section: discord.ui.Section[Self] = discord.ui.Section("Port 443 is https", accessory=more)
        container: discord.ui.Container[Self] = discord.ui.Container(section)
        container.add_item(discord.ui.Separator())
        container.add_item(discord.ui.TextDisplay("Assigned by IANA"))
        system: discord.ui.Select[Self] = discord.ui.Select(
            custom_id="system",
            placeholder="Your system",
            options=[discord.SelectOption(label=each) for each in ("Linux", "Windows")],
        )
        system.callback = self.chosen  # type: ignore[method-assign]
        who: discord.ui.UserSelect[Self] = discord.ui.UserSelect(custom_id="who")
        who.callback = self.person  # type: ignore[method-assign]
        off: discord.ui.Button[Self] = discord.ui.Button(label="Off", custom_id="x", disabled=True)
        link: discord.ui.Button[Self] = discord.ui.Button(label="IANA", url="https://iana.org")
        form: discord.ui.Button[Self] = discord.ui.Button(emoji="📝", custom_id="form")
        form.callback = self.form  # type: ignore[method-assign]
        self.add_item(container)
        for row in ([system], [who], [off, link, form]):
            self.add_item(discord.ui.ActionRow(*row))

    async def more(self, interaction: discord.Interaction) -> None:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay("The whole article"))
        await interaction.response.edit_message(view=view)

    async def chosen(self, interaction: discord.Interaction) -> None:
        data = cast("dict[str, Any]", interaction.data)
        await interaction.response.send_message(f"on {data['values'][0]}", ephemeral=True)

    async def person(self, interaction: discord.Interaction) -> None:
        data = cast("dict[str, Any]", interaction.data)
        names = [each["username"] for each in data["resolved"]["users"].values()]
        await interaction.response.defer()
        await interaction.followup.send(f"chose {names[0]}")

    async def form(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())


class Form(discord.ui.Modal, title="Paste"):
    """A form with a text, a choice and files."""

    text: discord.ui.Label[Self] = discord.ui.Label(
        text="Text",
        component=discord.ui.TextInput(custom_id="text", style=discord.TextStyle.paragraph),
    )
    system: discord.ui.Label[Self] = discord.ui.Label(
        text="System",
        component=discord.ui.Select(
            custom_id="os", options=[discord.SelectOption(label="Linux")], required=False
        ),
    )
    files: discord.ui.Label[Self] = discord.ui.Label(
        text="Files", component=discord.ui.FileUpload(custom_id="files", required=False)
    )

    @override
    async def on_submit(self, interaction: discord.Interaction) -> None:
        text = cast("discord.ui.TextInput[Any]", self.text.component).value
        files = cast("discord.ui.FileUpload[Any]", self.files.component).values
        sizes = [len(await each.read()) for each in files]
        chosen = cast("discord.ui.Select[Any]", self.system.component).values
        await interaction.response.send_message(f"{text} {chosen} {sizes}", ephemeral=True)


class TinyBot(discord.Client):
    """Answers mentions and a few commands; puts what happens to it into `events`."""

    def __init__(self, **options: Any) -> None:
        intents = discord.Intents(guild_messages=True, dm_messages=True)
        super().__init__(
            **{
                "intents": intents,
                "guild_ready_timeout": 0,
                "allowed_mentions": NO_ONE,
                **options,
            }
        )
        self.tree = app_commands.CommandTree(self)
        self.events: asyncio.Queue[str] = asyncio.Queue()
        self.messages: list[discord.Message] = []
        self.failures: list[discord.HTTPException] = []
        self.gate = asyncio.Event()
        self.running: asyncio.Task[None] | None = None

    async def until(self, event: str) -> None:
        """Return when that event has come, forgetting those before it."""
        async with asyncio.timeout(10):
            while await self.events.get() != event:
                pass

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds before another identify."""

    @property
    def codes(self) -> list[int]:
        """Discord's codes of what was refused."""
        return [each.code for each in self.failures]

    async def stop(self) -> None:
        """End as an interrupted program does: no longer reading when it says goodbye."""
        if self.running is not None:
            self.running.cancel()
            with suppress(asyncio.CancelledError, discord.DiscordException):
                await self.running
        await self.close()

    async def on_disconnect(self) -> None:
        self.events.put_nowait("disconnect")

    async def on_connect(self) -> None:
        self.events.put_nowait("connect")

    async def on_ready(self) -> None:
        self.events.put_nowait("ready")

    async def on_resumed(self) -> None:
        self.events.put_nowait("resumed")

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.events.put_nowait(f"reaction {event.emoji}")

    async def on_message(self, message: discord.Message) -> None:
        self.messages.append(message)
        self.events.put_nowait("message")
        if message.author.bot or self.user not in message.mentions:
            return
        if "thread" in message.content:
            await asyncio.to_thread(self.gate.is_set)
            await message.channel.send("here I am")
        elif "card" in message.content:
            await message.reply(view=Card(), mention_author=False)
        elif "file" in message.content:
            file = discord.File(__file__, "a b.py", description="the source")
            await message.channel.send("here", file=file)
        else:
            await message.reply(f"you said {message.content!r}", mention_author=False)

    @override
    async def setup_hook(self) -> None:
        add_questions(self)
        add_responses(self)
        add_menus(self)
        await self.tree.sync()


async def attempt(bot: TinyBot, doing: Awaitable[Any]) -> Any:
    """Return the result, or note the refusal."""
    try:
        return await doing
    except discord.HTTPException as error:
        bot.failures.append(error)
        return None


def add_questions(bot: TinyBot) -> None:
    """Add commands with options."""
    tree = bot.tree

    @tree.command()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.describe(number="Which port", private="Only for you")
    async def port(
        interaction: discord.Interaction, number: str, *, private: bool = False
    ) -> None:
        """Look a port up."""
        await interaction.response.send_message(f"port {number}", ephemeral=private)

    @port.autocomplete("number")
    async def numbers(
        _interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}{n}", value=f"{n}") for n in range(3)]

    @tree.command()
    @app_commands.choices(unit=[app_commands.Choice(name="ports", value="p")])
    async def near(
        interaction: discord.Interaction,
        count: app_commands.Range[int, 1, 5],
        name: app_commands.Range[str, 2, 4] | None = None,
        unit: str | None = None,
        who: discord.User | None = None,
        where: discord.app_commands.AppCommandChannel | None = None,
        what: discord.Attachment | None = None,
        factor: float | None = None,
    ) -> None:
        """Take every type of option."""
        words = (count, name, unit, who and who.name, where and where.name, what and what.size)
        await interaction.response.send_message(" ".join(map(str, (*words, factor))))

    @tree.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def admin(interaction: discord.Interaction) -> None:
        """Do what managers do."""
        await interaction.response.send_message("done")

    @tree.command()
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def where(interaction: discord.Interaction, *, private: bool = False) -> None:
        """Say where it was used."""
        data = (interaction.locale, interaction.guild_locale, type(interaction.user).__name__)
        owners = interaction._integration_owners  # noqa: SLF001 (nothing public has them)
        context = interaction.context.to_array()
        await interaction.response.send_message(
            f"{context} {sorted(owners)} {' '.join(map(str, data))}", ephemeral=private
        )
        for number in range(6):
            await attempt(bot, interaction.followup.send(f"more {number}"))


def add_responses(bot: TinyBot) -> None:
    """Add commands that respond in every way."""
    tree = bot.tree

    @tree.command()
    async def late(interaction: discord.Interaction) -> None:
        """Answer when the gate opens."""
        await bot.gate.wait()
        await attempt(bot, interaction.response.send_message("at last"))
        await attempt(bot, interaction.followup.send("and more"))

    @tree.command()
    async def twice(interaction: discord.Interaction) -> None:
        """Answer two times."""
        await interaction.response.send_message("once")
        interaction.response._response_type = None  # noqa: SLF001 (or the library refuses)
        await attempt(bot, interaction.response.send_message("again"))

    @tree.command()
    async def think(
        interaction: discord.Interaction, *, private: bool = False, after: bool = False
    ) -> None:
        """Defer, then fill the waiting message, by an edit or by a follow-up."""
        await interaction.response.defer(thinking=True, ephemeral=private)
        if after:
            await interaction.followup.send("thought", ephemeral=not private)
        else:
            await interaction.edit_original_response(view=Card())

    @tree.command()
    async def many(interaction: discord.Interaction, count: int) -> None:
        """Send follow-ups, change the last, delete the first response."""
        await interaction.response.send_message("first")
        sent = [
            await interaction.followup.send(f"number {number}", wait=True)
            for number in range(count)
        ]
        await sent[-1].edit(content="changed")
        await interaction.delete_original_response()
        await attempt(bot, interaction.edit_original_response(content="gone"))

    @tree.command()
    async def form(interaction: discord.Interaction) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())

    notes = app_commands.Group(name="note", description="Notes")

    @notes.command()
    async def add(interaction: discord.Interaction, text: str) -> None:
        """Add a note."""
        await interaction.response.send_message(f"noted {text}")

    tree.add_command(notes)


def add_menus(bot: TinyBot) -> None:
    """Add context menus."""

    @bot.tree.context_menu(name="Explain ports")
    async def explain(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"explained {message.content}", ephemeral=True)

    @bot.tree.context_menu(name="Who is it")
    async def who_is(interaction: discord.Interaction, user: discord.User) -> None:
        await interaction.response.send_message(user.name)
