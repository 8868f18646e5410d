"""Who soaks the bot, and where: servers, channels, direct messages, groups, foreign servers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, TypeVar

from bot.playground import Channel, Guild, Person, Playground
from bot.playground.interactions import context_of, owners_of
from bot.playground.permissions import NOTHING, Permission
from bot.playground.state import Context, Install

LOCALES = ("en-US", "de", "fr", "ja", "pt-BR", "ru", "zh-CN", "pl", "tr", "ko", "en-GB")
PEOPLE = 300  # in each of the servers; enough that nobody asks more than the bot takes of one
CHANNELS = 80  # likewise


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, and who may use it."""

    channel: Channel
    people: tuple[Person, ...]

    @property
    def id(self) -> int:
        """The channel's."""
        return self.channel.id


Resting = TypeVar("Resting", Place, Person)


@dataclass(frozen=True, slots=True)
class Crew:
    """Everybody, everywhere. Whoever or whatever was used lately rests.

    Attributes:
        public: channels of servers that have the bot.
        direct: direct messages with it.
        closed: groups and a foreign server, where only commands reach it.
        hasty: somebody who asks too much, and where.
    """

    public: tuple[Place, ...]
    direct: tuple[Place, ...]
    closed: tuple[Place, ...]
    hasty: Place
    _turns: "count[int]" = field(default_factory=lambda: count(1))
    _last: dict[int, int] = field(default_factory=dict)  # turns of people and channels, by id

    def rested(self, things: Sequence[Resting], chance: Random) -> Resting:
        """Return the one of some people or places that has rested longest."""
        found = min(things, key=lambda each: (self._last.get(each.id, 0), chance.random()))
        self._last[found.id] = next(self._turns)
        return found

    def place_for(self, command: dict[str, Any], chance: Random) -> tuple[Channel, Person]:
        """Return where a command is offered, and to whom.

        Raises:
            LookupError: nobody may use it anywhere.
        """
        kinds = [self.public, self.direct, self.closed]
        for places in chance.sample(kinds, len(kinds)):
            place = self.rested(places, chance)
            allowed = [each for each in place.people if _offered(command, place.channel, each)]
            if allowed:
                return place.channel, self.rested(allowed, chance)
        raise LookupError(f"nobody may use {command['name']}")


async def crew(playground: Playground) -> Crew:
    """Return the people and places of a playground, made anew."""
    far = await playground.add_guild("Far", playground.ada, locale="fr")
    foreign = await playground.add_guild("Abroad", playground.ada, installed=False, locale="de")
    public, direct, closed = [], [], []
    for guild in (playground.guild, far):
        people = _people(playground, guild)
        for number in range(CHANNELS):
            channel = await playground.add_channel(guild, f"c{number}")
            public.append(Place(channel, people))
        direct += [Place(person.dm, (person,)) for person in people]
        with_app = [each for each in people if each.user.installed]
        closed += [
            Place(playground.add_group(*group), tuple(group))
            for group in (with_app[:9], with_app[9:18])
        ]
        for person in with_app[18:]:
            playground.join(person, foreign)
        square = await playground.add_channel(foreign, guild.name)
        closed.append(Place(square, tuple(with_app[18:])))
    hasty = playground.add_person("Hasty")
    return Crew(tuple(public), tuple(direct), tuple(closed), Place(hasty.dm, (hasty,)))


def _people(playground: Playground, guild: Guild) -> tuple[Person, ...]:
    """Return new members of a server: some manage it, some have added the app for themselves."""
    return tuple(
        playground.add_person(
            f"P{number}",
            locale=LOCALES[number % len(LOCALES)],
            installed=number % 3 == 0,
            guild=guild,
            permissions=Permission.MANAGE_GUILD if number % 10 == 0 else NOTHING,
        )
        for number in range(PEOPLE)
    )


def _offered(command: dict[str, Any], channel: Channel, person: Person) -> bool:
    """Return whether Discord's client offers a command to a person in a channel."""
    contexts = command.get("contexts")
    if contexts is not None and context_of(channel) not in {Context(each) for each in contexts}:
        return False
    installs = frozenset(Install(str(each)) for each in command["integration_types"])
    needed = command.get("default_member_permissions")
    allowed = needed is None or not Permission(int(needed)) & ~channel.permissions_of(person.user)
    return allowed and bool(owners_of(person.user, channel, installs))
