"""Uses the bot in every way there is, at random from a seed, and looks that each is answered once.

What there is the driver learns from the bot: the commands it has synced, with their options, and
the buttons, menus and forms of its answers. So what is added later is soaked as well.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.playground import Message, Person, Playground, Reply, payloads, render_payload
from bot.playground.interactions import context_of
from bot.playground.state import Context
from tests.soak import values
from tests.soak.people import Crew, Place

PATIENCE_SECONDS = 60.0
_SUBCOMMAND, _GROUP = 1, 2
_SLASH, _USER_MENU, _MESSAGE_MENU = 1, 2, 3
_BUTTON, _LINK, _SELECT, _TEXT_INPUT, _UPLOAD = 2, 5, 3, 4, 19
_REMEMBERED = 60  # answers that somebody may still press something on
_SHARES = {  # of a hundred interactions
    "mention": 23,
    "direct": 8,
    "reply": 8,
    "chatter": 2,
    "overheard": 2,
    "haste": 1,
    "command": 24,
    "autocomplete": 10,
    "press": 22,
}


class UnansweredError(AssertionError):
    """The bot did not do once what it should have done once."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command that can be used.

    Attributes:
        name: with its subcommand's, as "note add".
        command: the whole command, as it was synced.
        options: of the subcommand.
    """

    name: str
    command: dict[str, Any]
    options: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Soak:
    """One run.

    Attributes:
        counts: how often each kind of interaction was done; presses also by their custom ids'
            first letters, commands by their names.
        asked: each message that must have one answer.
        passed_over: each message that must have none.
        hurried: each message that may have one.
        used: the ids of the interactions that must have one response.
    """

    playground: Playground
    crew: Crew
    chance: Random
    counts: Counter[str] = field(default_factory=Counter)
    asked: list[Message] = field(default_factory=list)
    passed_over: list[Message] = field(default_factory=list)
    hurried: list[Message] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    _answers: deque[tuple[Reply, Place]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    async def step(self) -> None:
        """Do one thing.

        Raises:
            UnansweredError: the bot was silent where it should not be, or said too much.
        """
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "mention": self._mention,
            "direct": self._direct,
            "reply": self._reply,
            "chatter": self._chat,
            "overheard": self._ask_all,
            "haste": self._hurry,
            "command": self._command,
            "autocomplete": self._autocomplete,
            "press": self._press,
        }
        (kind,) = self.chance.choices([*_SHARES], [*_SHARES.values()])
        self.counts[kind] += 1
        await ways[kind]()

    def check(self) -> None:
        """Look at what the bot has done since the last look, and forget it.

        Raises:
            UnansweredError: a request was refused, or something was answered twice.
        """
        self._check_requests()
        for messages, allowed in (
            (self.asked, {1}),
            (self.passed_over, {0}),
            (self.hurried, {0, 1}),
        ):
            for message in messages:
                found = [each for each in message.answers if each.reference is message]
                if len(found) not in allowed:
                    texts = [render_payload(payloads.message(each)) for each in found]
                    raise UnansweredError(f"answers to {message.content!r}: {texts}")
            messages.clear()
        if self.playground.faults:
            raise UnansweredError("\n".join(map(str, self.playground.faults)))
        self.playground.records.requests.clear()
        self.used.clear()

    def _check_requests(self) -> None:
        answered: Counter[int] = Counter()
        for request in self.playground.requests:
            if request.status not in {200, 204}:
                raise UnansweredError(f"{request.method} {request.path}: {request.result}")
            if request.route.endswith("/callback"):
                answered[int(request.path.split("/")[2])] += 1
        if twice := [each for each, times in answered.items() if times != 1]:
            raise UnansweredError(f"responded twice to {twice}")
        if answered.keys() != self.used:
            raise UnansweredError("responded to something that nobody asked")

    # ------------------------------------------------------------ messages

    async def _say(self, place: Place, person: Person, text: str, **how: Any) -> None:
        message = await person.post(place.channel, text, **how)
        self.asked.append(message)
        self._keep(await self.playground.answer(message), place)

    async def _mention(self) -> None:
        place = self.crew.rested(self.crew.public, self.chance)
        person = self.crew.rested(place.people, self.chance)
        await self._say(place, person, values.question(self.chance), mention=True)

    async def _direct(self) -> None:
        place = self.crew.rested(self.crew.direct, self.chance)
        person = self.crew.rested(place.people, self.chance)
        await self._say(place, person, values.question(self.chance))

    async def _ask_all(self) -> None:
        place = self.crew.rested(self.crew.public, self.chance)
        person = self.crew.rested(place.people, self.chance)
        text = f"what is port {values.port(self.chance)}?"
        self.hurried.append(await person.post(place.channel, text))  # some places are watched

    async def _hurry(self) -> None:
        (person,) = self.crew.hasty.people
        channel = self.crew.hasty.channel
        self.hurried.append(await person.post(channel, values.question(self.chance)))

    async def _reply(self) -> None:
        found = self._rested(
            (reply, place)
            for reply, place in self._answers
            if reply.interaction is None and not reply.deleted
        )
        if found is None:
            return await self._mention()
        reply, place = found
        port = self.chance.randint(0, 65_535)
        text = self.chance.choice((f"what about {port}?", f"and port {port}/udp?", f"port {port}"))
        person = self.crew.rested(place.people, self.chance)
        return await self._say(place, person, text, reply_to=reply)

    async def _chat(self) -> None:
        place = self.crew.rested(self.crew.public, self.chance)
        person = self.chance.choice(place.people)
        self.passed_over.append(
            await person.post(place.channel, self.chance.choice(values.CHATTER))
        )

    # ------------------------------------------------------------ commands

    def _leaves(self) -> Iterator[Leaf]:
        for command in self.playground.world.commands[None].values():
            if command["type"] == _SLASH:
                yield from _leaves(command, command["name"], command)

    async def _command(self) -> None:
        menus = [
            command
            for command in self.playground.world.commands[None].values()
            if command["type"] != _SLASH
        ]
        if menus and self.chance.random() < 0.15:
            return await self._menu(self.chance.choice(menus))
        leaf = self.chance.choice([*self._leaves()])
        channel, person = self.crew.place_for(leaf.command, self.chance)
        given = {
            option["name"]: values.value(option, self.chance, person.user, channel)
            for option in leaf.options
            if option.get("required") or self.chance.random() < 0.5
        }
        self.counts[f"/{leaf.name}"] += 1
        reply = await person.slash(channel, leaf.name, **given)
        return await self._answered(reply, Place(channel, (person,)), f"/{leaf.name} {[*given]}")

    async def _menu(self, command: dict[str, Any]) -> None:
        channel, person = self.crew.place_for(command, self.chance)
        self.counts[command["name"]] += 1
        if command["type"] == _USER_MENU:
            reply = await person.menu(command["name"], person, channel)
        else:
            about = await person.post(channel, self.chance.choice(values.PASTES)[:1_900])
            if context_of(channel) is Context.BOT_DM:
                self.asked.append(about)  # a direct message: that is a question itself
                await self.playground.answer(about)
            reply = await person.menu(command["name"], about)
        await self._answered(reply, Place(channel, (person,)), command["name"])

    async def _autocomplete(self) -> None:
        typing = [
            (leaf, option)
            for leaf in self._leaves()
            for option in leaf.options
            if option.get("autocomplete")
        ]
        leaf, option = self.chance.choice(typing)
        channel, person = self.crew.place_for(leaf.command, self.chance)
        typed = self.chance.choice(values.TYPED)
        sent = self.playground.world.snowflakes.next()
        choices = await person.autocomplete(channel, leaf.name, **{option["name"]: typed})
        if choices is None:
            raise UnansweredError(f"no suggestions for {typed!r} in /{leaf.name}")
        self._note_interactions(sent)

    # ------------------------------------------------------------ buttons, menus, forms

    async def _press(self) -> None:
        found = self._rested(
            (reply, place)
            for reply, place in self._answers
            if not reply.deleted and [*_usable(reply.payload["components"])]
        )
        if found is None:
            return await self._command()
        reply, place = found
        component = self.chance.choice([*_usable(reply.payload["components"])])
        person = self.crew.rested(place.people, self.chance)
        custom_id = str(component["custom_id"])
        self.counts[f"press {custom_id.split(':', maxsplit=1)[0]}"] += 1
        if component["type"] == _BUTTON:
            answer = await person.click(reply, custom_id)
        else:
            chosen = self.chance.choice(component["options"])["value"]
            answer = await person.choose(reply, custom_id, chosen)
        return await self._answered(answer, place, custom_id)

    async def _submit(self, reply: Reply, place: Place) -> None:
        assert reply.modal is not None
        self.counts["form"] += 1
        given = {
            str(each["custom_id"]): self._filled(each)
            for each in _fields(reply.modal.payload["components"])
        }
        answers = {name: each for name, each in given.items() if each is not None}
        person = next(each for each in place.people if each.user is reply.modal.interaction.user)
        await self._answered(await person.submit(reply, answers), place, "a form")

    def _filled(self, component: dict[str, Any]) -> Any:
        """Return what a person fills into a field; None leaves it as it is."""
        if component["type"] == _TEXT_INPUT:
            return self.chance.choice(values.PASTES)[: component.get("max_length", 1_500)]
        if component["type"] == _UPLOAD:
            return [values.file(self.chance)] if self.chance.random() < 0.5 else None
        if component["type"] == _SELECT:
            return [self.chance.choice(component["options"])["value"]]
        return None

    # ------------------------------------------------------------ answers

    async def _answered(self, reply: Reply | None, place: Place, what: str) -> None:
        if reply is None or reply.interaction is None:
            raise UnansweredError(f"did not respond: {what}")
        if reply.loading:  # it waits for a thread, of which the playground cannot know
            async with asyncio.timeout(PATIENCE_SECONDS):
                await reply.interaction.changed.wait()
        if reply.loading:
            raise UnansweredError(f"only acknowledged: {what}")
        self.used.add(reply.interaction.id)
        if reply.modal is not None:
            await self._submit(reply, place)
        elif reply.message is not None:
            self._keep(reply, place)

    def _note_interactions(self, since: int) -> None:
        """Note the interactions that have no reply object."""
        for interaction in reversed([*self.playground.world.interactions.values()][-3:]):
            if interaction.id > since:
                self.used.add(interaction.id)

    def _rested(self, answers: Iterable[tuple[Reply, Place]]) -> tuple[Reply, Place] | None:
        """Return one of some answers, in a place of which nobody has heard for long."""
        found = [*answers]
        if not found:
            return None
        place = self.crew.rested([place for _, place in found], self.chance)
        return self.chance.choice([each for each in found if each[1].id == place.id])

    def _keep(self, reply: Reply, place: Place) -> None:
        assert reply.message is not None
        if reply.message.viewer is not None:
            viewer = reply.message.viewer
            people = tuple(each for each in place.people if each.user is viewer)
            place = Place(place.channel, people)
        self._answers.append((reply, place))


def _leaves(level: dict[str, Any], name: str, command: dict[str, Any]) -> Iterator[Leaf]:
    options = level.get("options") or []
    below = [each for each in options if each["type"] in {_SUBCOMMAND, _GROUP}]
    if not below:
        yield Leaf(name, command, tuple(options))
    for each in below:
        yield from _leaves(each, f"{name} {each['name']}", command)


def _walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _walk(component.get("components") or [])
        if accessory := component.get("accessory") or component.get("component"):
            yield from _walk([accessory])


def _usable(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in _walk(components):
        if component.get("disabled") or component.get("style") == _LINK:
            continue
        if component["type"] in {_BUTTON, _SELECT} and "custom_id" in component:
            yield component


def _fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield from (each for each in _walk(components) if "custom_id" in each)
