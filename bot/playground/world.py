"""Everything that exists on the playground, by id, and how it comes to be."""

from bot.playground.clock import Clock, Snowflakes
from bot.playground.intents import NONE, Intent
from bot.playground.permissions import ORDINARY, Permission
from bot.playground.state import (
    Attachment,
    Channel,
    ChannelKind,
    Guild,
    Interaction,
    Member,
    Message,
    Payload,
    Role,
    User,
)


class World:
    """Everything that exists, by id; it changes only through REST, the gateway and people."""

    def __init__(self, clock: Clock, *, name: str, granted: Intent = NONE, keep: int) -> None:
        self.clock = clock
        self.keep = keep
        self.granted = granted
        self.started = clock.today()
        self.snowflakes = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: dict[int | None, dict[int, Payload]] = {}
        self.cdn_url = ""
        self._direct: dict[int, Channel] = {}
        self.bot = self.add_user(name, bot=True)

    @property
    def application_id(self) -> int:
        """The app's id, which is its bot user's too."""
        return self.bot.id

    def add_user(
        self, name: str, *, bot: bool = False, locale: str = "en-US", installed: bool = False
    ) -> User:
        """Return a new user."""
        user_id = self.snowflakes.next()
        user = User(user_id, name.lower(), name, bot=bot, locale=locale, installed=installed)
        self.users[user_id] = user
        return user

    def add_guild(self, name: str, owner: User, *, locale: str, installed: bool) -> Guild:
        """Return a new server whose only members are its owner and, if installed, the bot."""
        guild = Guild(self.snowflakes.next(), name, owner, locale=locale, installed=installed)
        guild.roles[guild.id] = Role(guild.id, "@everyone", ORDINARY)
        self.guilds[guild.id] = guild
        self.join(guild, owner)
        if installed:
            role = Role(
                self.snowflakes.next(), self.bot.display_name, ORDINARY, 1, bot_id=self.bot.id
            )
            guild.roles[role.id] = role
            self.join(guild, self.bot, role)
        return guild

    def add_role(self, guild: Guild, permissions: Permission) -> Role:
        """Return a new role of a server."""
        number = self.snowflakes.next()
        role = Role(number, f"role-{len(guild.roles)}", permissions, len(guild.roles))
        guild.roles[number] = role
        return role

    def join(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Make `user` a member, with those roles."""
        member = Member(user, self.clock.today(), [role.id for role in roles])
        guild.members[user.id] = member
        return member

    def add_channel(
        self,
        kind: ChannelKind,
        name: str,
        *,
        guild: Guild | None = None,
        people: tuple[User, ...] = (),
    ) -> Channel:
        """Return a new channel."""
        channel = Channel(self.snowflakes.next(), kind, name, guild, list(people))
        self.channels[channel.id] = channel
        if guild is not None:
            channel.position = len(guild.channels)
            guild.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: User) -> Channel:
        """Return the direct message channel between the bot and `user`, the same one each time."""
        channel = self._direct.get(user.id)
        if channel is None:
            channel = self.add_channel(ChannelKind.DIRECT, "", people=(user, self.bot))
            self._direct[user.id] = channel
        return channel

    def remember(self, message: Message) -> None:
        """Put a message into its channel's history, and let the oldest go past `keep`."""
        messages = message.channel.messages
        messages[message.id] = message
        while len(messages) > self.keep:
            del messages[next(iter(messages))]

    def open(self, interaction: Interaction) -> None:
        """Make an interaction's token known, and let the oldest go past `keep`."""
        self.interactions[interaction.token] = interaction
        while len(self.interactions) > self.keep:
            del self.interactions[next(iter(self.interactions))]

    def commands_in(self, guild: Guild | None) -> list[Payload]:
        """Return the commands registered for everywhere and for that server, its own first."""
        own = self.commands.get(guild.id, {}) if guild is not None else {}
        return [*own.values(), *self.commands.get(None, {}).values()]
