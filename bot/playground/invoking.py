"""Using a command: which ones a person is offered, and their options as Discord resolves them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.playground import payloads
from bot.playground.interactions import context_of, interaction_member, owners_of
from bot.playground.permissions import Permission
from bot.playground.posting import attach
from bot.playground.state import (
    Channel,
    Context,
    Install,
    Message,
    Payload,
    Role,
    User,
)
from bot.playground.world import World

File = tuple[str, bytes]
OptionValue = str | int | float | bool | User | Channel | Role | File

SLASH, USER, MESSAGE = 1, 2, 3
_SUBCOMMAND, _GROUP = 1, 2
_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE = 3, 4, 5, 6, 7, 8
_MENTIONABLE, _NUMBER, _ATTACHMENT = 9, 10, 11
_LONGEST = 6_000  # characters that a client lets a person type into an option


class NotPossibleError(Exception):
    """A person cannot do that in Discord: no such command, button or choice, or not here."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command that a person uses, ready to be sent.

    Attributes:
        owners: the installs that allow it.
    """

    command: Payload
    data: Payload
    owners: dict[Install, int]


def invoke(
    world: World, user: User, channel: Channel, name: str, options: Mapping[str, OptionValue]
) -> Invocation:
    """Return the use of a slash command, `"note add"` for a subcommand.

    Raises:
        NotPossibleError: Discord's client would not let the person send it.
    """
    return _slash(world, user, channel, name, options, focused=None)


def complete(
    world: World, user: User, channel: Channel, name: str, options: Mapping[str, OptionValue]
) -> Invocation:
    """Return the request for suggestions while the person types the last of the options.

    Raises:
        NotPossibleError: the command has no such option, or it has no suggestions.
    """
    if not options:
        raise NotPossibleError("name the option that is being typed")
    return _slash(world, user, channel, name, options, focused=[*options][-1])


def on_target(
    world: World, user: User, channel: Channel, name: str, target: Message | User
) -> Invocation:
    """Return the use of a context menu command on a message or a person.

    Raises:
        NotPossibleError: it is not in the menu.
    """
    kind = MESSAGE if isinstance(target, Message) else USER
    command, owners = _offered(world, user, channel, name, kind)
    data: Payload = {**_head(command), "target_id": str(target.id)}
    if isinstance(target, Message):
        data["resolved"] = {"messages": {str(target.id): _target(target)}}
    else:
        data["resolved"] = {}
        _resolve_user(data["resolved"], channel, target)
    return Invocation(command, data, owners)


def _target(message: Message) -> Payload:
    payload = payloads.message(message)
    payload.pop("referenced_message", None)
    if message.channel.guild is not None:
        payload["guild_id"] = str(message.channel.guild.id)
    return payload


def _head(command: Payload) -> Payload:
    head = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return head | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _offered(
    world: World, user: User, channel: Channel, name: str, kind: int
) -> tuple[Payload, dict[Install, int]]:
    """Return the command that a person picks, and the installs that allow it there."""
    words = f"/{name}" if kind == SLASH else repr(name)
    permissions = channel.permissions_of(user)
    if Permission.VIEW_CHANNEL not in permissions:
        raise NotPossibleError(f"{user.display_name} is not in that channel")
    if Permission.USE_APPLICATION_COMMANDS not in permissions:
        raise NotPossibleError(f"{user.display_name} may not use commands there")
    found = [
        each
        for each in world.commands_in(channel.guild)
        if each["type"] == kind and each["name"] == name
    ]
    if not found:
        raise NotPossibleError(f"the bot has not registered {words}")
    here = context_of(channel)
    for command in found:
        owners = owners_of(user, channel, _installs(command))
        if here in _contexts(command) and owners:
            needed = command["default_member_permissions"]
            if needed is not None and Permission(int(needed)) & ~permissions:
                raise NotPossibleError(f"{words} needs permissions that {user.display_name} lacks")
            return command, owners
    raise NotPossibleError(f"{words} is not offered there: its contexts or installs do not fit")


def _contexts(command: Payload) -> set[Context]:
    if "guild_id" in command:
        return {Context.GUILD}
    if command.get("contexts") is not None:
        return {Context(each) for each in command["contexts"]}
    return set(Context) if command.get("dm_permission", True) else {Context.GUILD}


def _installs(command: Payload) -> frozenset[Install]:
    if "guild_id" in command:
        return frozenset({Install.GUILD})
    return frozenset(Install(str(each)) for each in command["integration_types"])


def _slash(  # noqa: PLR0913 (a person, a place, and what they typed)
    world: World,
    user: User,
    channel: Channel,
    name: str,
    options: Mapping[str, OptionValue],
    *,
    focused: str | None,
) -> Invocation:
    top, *path = name.split() or [""]
    command, owners = _offered(world, user, channel, top, SLASH)
    data = _head(command)
    level, target = command, data
    for word in path:
        level = _subcommand(level, word)
        target["options"] = [{"type": level["type"], "name": word, "options": []}]
        target = target["options"][0]
    known = {each["name"]: each for each in level.get("options") or []}
    if any(each["type"] in (_SUBCOMMAND, _GROUP) for each in known.values()):
        raise NotPossibleError(f"/{name} needs a subcommand: {', '.join(known)}")
    unknown = [each for each in options if each not in known]
    if unknown:
        raise NotPossibleError(f"/{name} has no option {unknown[0]!r}")
    missing = [key for key, each in known.items() if each.get("required") and key not in options]
    if missing and focused is None:
        raise NotPossibleError(f"/{name} requires the option {missing[0]!r}")
    resolver = _Resolver(world, channel)
    given = [
        resolver.typed(known[key], value) if key == focused else resolver.option(known[key], value)
        for key, value in options.items()
    ]
    if given or target is not data:
        target["options"] = given
    if resolver.resolved and focused is None:
        data["resolved"] = resolver.resolved
    return Invocation(command, data, owners)


def _subcommand(level: Payload, word: str) -> Payload:
    for option in level.get("options") or []:
        if option["name"] == word and option["type"] in (_SUBCOMMAND, _GROUP):
            found: Payload = option
            return found
    raise NotPossibleError(f"/{level['name']} has no subcommand {word!r}")


class _Resolver:
    """Turns what a person chose into values, and collects the objects that they name."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self.resolved: Payload = {}

    def typed(self, option: Payload, value: OptionValue) -> Payload:
        """Return an option while it is being typed."""
        if not option.get("autocomplete"):
            raise NotPossibleError(f"the option {option['name']!r} has no autocompletion")
        return {
            "type": option["type"],
            "name": option["name"],
            "value": str(value),
            "focused": True,
        }

    def option(self, option: Payload, value: OptionValue) -> Payload:
        """Return an option as it is sent."""
        return {
            "type": option["type"],
            "name": option["name"],
            "value": self._value(option, value),
        }

    def _value(  # noqa: PLR0911 (one for each type of option)
        self, option: Payload, value: OptionValue
    ) -> str | int | float | bool:
        match option["type"], value:
            case (3, str() as text):
                return _chosen(option, _fits_length(option, text))
            case (4, int() as number) if not isinstance(number, bool):
                return _chosen(option, _fits_range(option, number))
            case (10, int() | float() as number) if not isinstance(number, bool):
                return _chosen(option, _fits_range(option, number))
            case (5, bool() as truth):
                return truth
            case (6 | 9, User() as user):
                _resolve_user(self.resolved, self._channel, user)
                return str(user.id)
            case (8 | 9, Role() as role):
                self.resolved.setdefault("roles", {})[str(role.id)] = payloads.role(role)
                return str(role.id)
            case (7, Channel() as channel):
                return self._channel_value(option, channel)
            case (11, (str() as filename, bytes() as content)):
                return self._attachment(filename, content)
            case (3 | 4 | 10, str() | int() | float()) if option.get("choices"):
                return _chosen(option, value)
        raise NotPossibleError(f"the option {option['name']!r} does not take {value!r}")

    def _channel_value(self, option: Payload, channel: Channel) -> str:
        kinds = option.get("channel_types")
        if kinds and int(channel.kind) not in kinds:
            raise NotPossibleError(f"the option {option['name']!r} takes no such channel")
        found = payloads.interaction_channel(channel, self._world.bot)
        self.resolved.setdefault("channels", {})[str(channel.id)] = found
        return str(channel.id)

    def _attachment(self, filename: str, content: bytes) -> str:
        attachment = attach(self._world, self._channel, filename, content)
        attachment.ephemeral = True
        self.resolved.setdefault("attachments", {})[str(attachment.id)] = payloads.attachment(
            attachment
        )
        return str(attachment.id)


def _resolve_user(resolved: Payload, channel: Channel, user: User) -> None:
    resolved.setdefault("users", {})[str(user.id)] = payloads.user(user)
    guild = channel.guild
    if guild is not None and user.id in guild.members:
        member = interaction_member(guild, channel, user)
        del member["user"]
        resolved.setdefault("members", {})[str(user.id)] = member


def _fits_length(option: Payload, text: str) -> str:
    least, most = option.get("min_length") or 0, option.get("max_length") or _LONGEST
    if not text.strip():
        raise NotPossibleError(f"the option {option['name']!r} cannot be empty")
    if not least <= len(text) <= most:
        raise NotPossibleError(f"the option {option['name']!r} takes {least} to {most} characters")
    return text


def _fits_range(option: Payload, number: float) -> int | float:
    least, most = option.get("min_value"), option.get("max_value")
    if (least is not None and number < least) or (most is not None and number > most):
        raise NotPossibleError(f"the option {option['name']!r} takes {least} to {most}")
    return number


def _chosen(option: Payload, value: str | float) -> str | int | float:
    """Return the value of a choice, picked by value or by name, if the option has choices."""
    choices = option.get("choices")
    if not choices:
        return value
    for choice in choices:
        if value in (choice["value"], choice["name"]):
            found: str | int | float = choice["value"]
            return found
    names = ", ".join(repr(choice["name"]) for choice in choices)
    raise NotPossibleError(f"the option {option['name']!r} offers {names}, not {value!r}")
