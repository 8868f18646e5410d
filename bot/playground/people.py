"""What a person does: writes, uses commands, presses buttons, fills in forms; and gets answers."""

import shlex
from collections.abc import Iterable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

from bot.playground import forms, invoking, pressing
from bot.playground.interactions import context_of, new_token
from bot.playground.invoking import File, NotPossibleError, OptionValue
from bot.playground.mentions import named, named_roles
from bot.playground.permissions import Permission
from bot.playground.posting import attach
from bot.playground.reply import Reply
from bot.playground.state import (
    Channel,
    Choice,
    Install,
    Interaction,
    InteractionKind,
    Message,
    MessageKind,
    Modal,
    Payload,
    Role,
    User,
)

if TYPE_CHECKING:
    from bot.playground.server import Playground

Target = Message | Reply


class Person:
    """Somebody on the playground.

    Whatever asks the bot something returns its answer, and None for silence: for a message, when
    the bot has plainly passed it over (see `Playground.settled`); for a command, a button or a
    form, when the time for a first response is over.
    """

    def __init__(self, playground: "Playground", user: User) -> None:
        self._playground = playground
        self._world = playground.world
        self.user = user

    @property
    def id(self) -> int:
        """The user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """What pings the person, such as `<@42>`."""
        return f"<@{self.id}>"

    @property
    def dm(self) -> Channel:
        """The person's direct messages with the bot."""
        return self._world.direct_channel(self.user)

    # Writing

    async def post(  # noqa: PLR0913 (a message has that many sides)
        self,
        channel: Channel,
        text: str = "",
        *,
        mention: bool = False,
        reply_to: Target | None = None,
        ping: bool = True,
        files: Iterable[File] = (),
    ) -> Message:
        """Write a message and return it without waiting for an answer.

        Args:
            channel: where.
            text: what.
            mention: put a mention of the bot before it.
            reply_to: the message that it answers.
            ping: the reply notifies that message's author.
            files: names and bytes.

        Raises:
            NotPossibleError: the person may not write there, or there is nothing to write.
        """
        if Permission.SEND_MESSAGES not in channel.permissions_of(self.user):
            raise NotPossibleError(f"{self.user.display_name} may not write there")
        content = f"{self._playground.mention} {text}".strip() if mention else text.strip()
        reference = None if reply_to is None else _message(reply_to)
        message = Message(
            self._world.snowflakes.next(),
            channel,
            self.user,
            content=content,
            reference=reference,
            reply_ping=reference is not None and ping,
            kind=MessageKind.DEFAULT if reference is None else MessageKind.REPLY,
            attachments=[attach(self._world, channel, *file) for file in files],
        )
        if not content and not message.attachments:
            raise NotPossibleError("the message is empty")
        self._address(message)
        self._world.remember(message)
        if channel.permissions_of(self._playground.world.bot):
            channel.await_answer(message)
        await self._playground.delivery.message_created(message)
        return message

    async def say(  # noqa: PLR0913 (see `post`)
        self,
        channel: Channel,
        text: str = "",
        *,
        mention: bool = False,
        reply_to: Target | None = None,
        ping: bool = True,
        files: Iterable[File] = (),
    ) -> Reply | None:
        """Write a message, as `post` does, and return the bot's answer."""
        message = await self.post(
            channel, text, mention=mention, reply_to=reply_to, ping=ping, files=files
        )
        return await self._playground.answer_or_silence(message)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        self._own(message)
        message.content, message.edited = text, self._world.clock.today()
        self._address(message)
        await self._playground.delivery.message_edited(message)

    async def delete(self, message: Message) -> None:
        """Take one's own message back."""
        self._own(message)
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        await self._playground.delivery.message_deleted(message)

    async def react(self, target: Target, emoji: str) -> None:
        """Add a reaction."""
        message = _message(target)
        message.reactions.setdefault(emoji, []).append(self.id)
        await self._playground.delivery.reaction(message, self.user, emoji, added=True)

    def _own(self, message: Message) -> None:
        if message.author is not self.user:
            raise NotPossibleError("that is somebody else's message")

    def _address(self, message: Message) -> None:
        users = [
            self._world.users[each] for each in named(message.content) if each in self._world.users
        ]
        asked = message.reference
        if message.reply_ping and asked is not None and asked.author not in users:
            users.append(asked.author)
        message.mentions = users
        known = {} if message.channel.guild is None else message.channel.guild.roles
        message.mention_roles = [each for each in named_roles(message.content) if each in known]

    # Commands

    async def slash(
        self, channel: Channel, command: str, /, **options: OptionValue
    ) -> Reply | None:
        """Use a slash command, `"note add"` for a subcommand.

        Raises:
            NotPossibleError: Discord would not offer it, or not take these options.
        """
        use = invoking.invoke(self._world, self.user, channel, command, options)
        return await self._use(channel, use)

    async def menu(
        self, command: str, target: "Target | Person", channel: Channel | None = None
    ) -> Reply | None:
        """Use a context menu command on a message, or on a person.

        Args:
            command: the name in the menu.
            target: the message or the person.
            channel: where a person is clicked; by default the channel that is always there.

        Raises:
            NotPossibleError: it is not in the menu.
        """
        what = target.user if isinstance(target, Person) else _message(target)
        here = what.channel if isinstance(what, Message) else channel or self._playground.channel
        use = invoking.on_target(self._world, self.user, here, command, what)
        return await self._use(here, use)

    async def autocomplete(
        self, channel: Channel, command: str, /, **options: OptionValue
    ) -> tuple[Choice, ...] | None:
        """Return what is suggested while the last of the options is being typed.

        Raises:
            NotPossibleError: that option has no suggestions.
        """
        use = invoking.complete(self._world, self.user, channel, command, options)
        interaction = self._interaction(
            InteractionKind.AUTOCOMPLETE, channel, use.data, use.owners, command=use.command
        )
        await self._playground.open(interaction)
        answered = await self._playground.responded(interaction)
        return interaction.choices if answered else None

    async def type(self, channel: Channel, line: str) -> Reply | None:
        """Send a line as it stands in the input box: text, or `/port number:576 private:true`.

        Raises:
            NotPossibleError: see `slash`.
        """
        if not line.startswith("/"):
            return await self.say(channel, line)
        command, options = parse_command(line)
        top, *path = command.split() or [""]
        kinds = {
            option["name"]: option["type"]
            for each in self._world.commands_in(channel.guild)
            if each["name"] == top
            for option in _leaf_options(each, path)
        }
        typed = {name: _typed(text, kinds.get(name, 3)) for name, text in options.items()}
        return await self.slash(channel, command, **typed)

    async def _use(self, channel: Channel, use: invoking.Invocation) -> Reply | None:
        interaction = self._interaction(
            InteractionKind.COMMAND, channel, use.data, use.owners, command=use.command
        )
        return await self._playground.ask(interaction)

    # Components and forms

    async def click(self, target: Target, button: str) -> Reply | None:
        """Press a button, named by its custom id, its label or its emoji.

        Raises:
            NotPossibleError: the person does not see it, or it cannot be pressed.
        """
        message = _message(target)
        return await self._press(message, pressing.button_press(self.user, message, button))

    async def choose(
        self, target: Target, select: str, *chosen: "str | Person | Role | Channel"
    ) -> Reply | None:
        """Choose in a select, named by its custom id or its placeholder.

        Raises:
            NotPossibleError: the person does not see it, or cannot choose that.
        """
        message = _message(target)
        what = [each.user if isinstance(each, Person) else each for each in chosen]
        return await self._press(message, pressing.selection(self.user, message, select, what))

    async def submit(
        self, modal: Modal | Reply, answers: Mapping[str, forms.Answer] | None = None
    ) -> Reply | None:
        """Send a form off, its fields named by custom id or label.

        Raises:
            NotPossibleError: a required field is empty, or an answer does not fit.
        """
        form = modal.modal if isinstance(modal, Reply) else modal
        if form is None:
            raise NotPossibleError("no form was opened")
        opened = form.interaction
        data = forms.submission(self._world, opened.channel, form, answers or {})
        interaction = self._interaction(
            InteractionKind.MODAL, opened.channel, data, opened.owners, message=opened.message
        )
        interaction.parent = opened
        return await self._playground.ask(interaction)

    async def _press(self, message: Message, data: Payload) -> Reply | None:
        interaction = self._interaction(
            InteractionKind.COMPONENT,
            message.channel,
            data,
            pressing.press_owners(self.user, message),
            message=message,
        )
        return await self._playground.ask(interaction)

    def _interaction(  # noqa: PLR0913 (an interaction has that many sides)
        self,
        kind: InteractionKind,
        channel: Channel,
        data: Payload,
        owners: dict[Install, int],
        *,
        message: Message | None = None,
        command: Payload | None = None,
    ) -> Interaction:
        return Interaction(
            self._world.snowflakes.next(),
            kind,
            new_token(),
            self.user,
            channel,
            data,
            self._world.clock.now(),
            perf_counter(),
            owners,
            context_of(channel),
            message=message,
            command=command,
        )


def parse_command(line: str) -> tuple[str, dict[str, str]]:
    """Return the command and the options of a typed line.

    Words before the first `name:` are the command; an option's value goes on to the next `name:`.

    >>> parse_command("/port number:576 private:true")
    ('port', {'number': '576', 'private': 'true'})
    """
    try:
        words = shlex.split(line.removeprefix("/"))
    except ValueError:  # a lone quotation mark
        words = line.removeprefix("/").split()
    command: list[str] = []
    options: dict[str, str] = {}
    last = None
    for word in words:
        name, colon, value = word.partition(":")
        if colon and name.replace("-", "").replace("_", "").isalnum() and not name.isdigit():
            last, options[name] = name, value
        elif last is None:
            command.append(word)
        else:
            options[last] = f"{options[last]} {word}".strip()
    return " ".join(" ".join(command).split()), options


def _leaf_options(command: Payload, path: list[str]) -> list[Payload]:
    options: list[Payload] = command.get("options") or []
    for word in path:
        options = next((each.get("options") or [] for each in options if each["name"] == word), [])
    return options


def _typed(text: str, kind: int) -> OptionValue:
    """Return typed text as a value of the option's type, as text where it is none."""
    try:
        if kind == 4:  # noqa: PLR2004 (integer)
            return int(text)
        if kind == 10:  # noqa: PLR2004 (number)
            return float(text)
    except ValueError:
        return text
    return text.lower() == "true" if kind == 5 else text  # noqa: PLR2004 (boolean)


def _message(target: Target) -> Message:
    message = target.message if isinstance(target, Reply) else target
    if message is None:
        raise NotPossibleError("the bot answered without a message")
    return message
