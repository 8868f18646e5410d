"""What is shown on docs/cards.md: for each kind of card, what somebody does to see it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.cooldowns import PERSON
from bot.playground.invoking import OptionValue
from bot.playground.permissions import Permission
from tests.screens.stage import Scene, Stage

Play = Callable[[Scene], Awaitable[object]]
PASTE = """\
Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp   LISTEN 0      128        0.0.0.0:22        0.0.0.0:* users:(("sshd",pid=842,fd=3))
tcp   LISTEN 0      244      127.0.0.1:5432      0.0.0.0:* users:(("postgres",pid=1201,fd=5))
tcp   LISTEN 0      511        0.0.0.0:6379      0.0.0.0:* users:(("redis-server",pid=977,fd=6))"""
NO_OPTIONS: Mapping[str, OptionValue] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of card.

    Attributes:
        heading: what it is.
        play: makes the screen.
        note: what to look at; may be empty.
        locale: of whoever sits there.
        manages: they manage the server.
    """

    heading: str
    play: Play
    note: str = ""
    locale: str = "en-US"
    manages: bool = False

    async def screen(self, stage: Stage) -> tuple[str, ...]:
        """Return the lines of the screen, made anew."""
        permissions = Permission.MANAGE_GUILD if self.manages else Permission(0)
        scene = await stage.scene(locale=self.locale, permissions=permissions)
        await self.play(scene)
        return tuple(scene.lines)


def _mention(text: str) -> Play:
    return lambda scene: scene.mention(text)


def _slash(command: str, options: Mapping[str, OptionValue] = NO_OPTIONS) -> Play:
    return lambda scene: scene.slash(command, **options)


async def _another_system(scene: Scene) -> None:
    reply = await scene.mention("how do I check port 5432")
    await scene.choose(reply, "Choose your operating system", "macOS")


async def _article(scene: Scene) -> None:
    reply = await scene.card_of("port 3389")
    first = await scene.press(reply, "More")
    await scene.press(first, "Next ▶")


async def _questions(scene: Scene) -> None:
    reply = await scene.card_of("port 3389")
    await scene.press(reply, "Questions")


async def _map_around(scene: Scene) -> None:
    reply = await scene.card_of("port 756")
    await scene.press(reply, "Map")


async def _shared(scene: Scene) -> None:
    reply = await scene.slash("compare", first="80", second="8080", private=True)
    pressed = await scene.press(reply, "Share")
    await scene.stage.playground.settled()
    scene.sees_below(pressed.followups[0], like=reply)


async def _voted(scene: Scene) -> None:
    reply = await scene.card_of("port 443")
    await scene.press(reply, "Yes")


async def _feedback(scene: Scene) -> None:
    for question, face in (("port 443", "Yes"), ("port 443", "Yes"), ("port 747", "No")):
        person = scene.stage.playground.add_person("Ben")
        reply = await scene.quietly(person.say(scene.channel, question, mention=True))
        await scene.quietly(person.click(reply, face))
    await scene.slash("feedback")


async def _form(scene: Scene) -> None:
    form = await scene.slash("explain")
    await scene.submit(form, "Text", PASTE)


async def _menu(scene: Scene) -> None:
    message = await scene.write("refused: connect ECONNREFUSED 127.0.0.1:6379")
    await scene.menu("Explain ports here", message)


async def _privacy(scene: Scene) -> None:
    await scene.quietly(scene.person.slash(scene.channel, "watch on"))
    reply = await scene.slash("privacy")
    await scene.press(reply, "Delete my data")
    confirmation = await scene.press(reply, "Delete this server's data")
    await scene.press(confirmation, "Yes, delete it")


async def _settings(scene: Scene) -> None:
    await scene.slash("settings", language="de", system="windows")
    await scene.mention("port 5432")
    await scene.slash("settings", reset=True)


async def _watched(scene: Scene) -> None:
    await scene.slash("watch on")
    await scene.slash("watch list")
    reply = await scene.say("which port does postgres use?")
    await scene.press(reply, "Not what I meant")
    await scene.slash("watch off")


async def _hurried(scene: Scene) -> None:
    for number in range(20, 20 + PERSON.burst):
        await scene.quietly(scene.person.slash(scene.channel, "port", port=str(number)))
    await scene.slash("port", port="26")


async def _broken(scene: Scene) -> None:
    with scene.stage.broken():
        await scene.mention("port 443")


async def _denied(scene: Scene) -> None:
    reply = await scene.card_of("port 443")
    scene.person = scene.stage.playground.add_person("Ben")
    await scene.press(reply, "Delete")


async def _completed(scene: Scene) -> None:
    await scene.typing("port", port="minecr")
    await scene.typing("port", port="44")


KINDS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "Ports": (
            Kind("A port that is assigned", _mention("what is port 443?")),
            Kind("A port that is unassigned", _mention("what is port 756?")),
            Kind("A dynamic port", _mention("60156?")),
            Kind("A reserved port", _mention("port 1023")),
            Kind(
                "A port of which wrong things are said", _mention("was 747 the port of NetInfo?")
            ),
            Kind("Several ports", _mention("25 vs 587")),
            Kind("A range of ports", _mention("ports 6881-6889")),
            Kind(
                "In another language",
                _mention("Was ist Port 22?"),
                "Articles and FAQs are in English only, and the card says so.",
                locale="de",
            ),
        ),
        "Other answers": (
            Kind("A question about a concept", _mention("why address already in use?")),
            Kind("One product, several ports", _mention("redis port")),
            Kind("Not sure what was meant", _mention("database prot")),
            Kind("Nothing found", _mention("sing me a song")),
            Kind("Nothing asked", _mention("")),
        ),
        "Commands": (
            Kind("Suggestions while typing", _completed),
            Kind("/check", _slash("check", {"port": "5432", "system": "windows"})),
            Kind("/check with a host", _slash("check", {"port": "443", "host": "example.org"})),
            Kind("/compare", _slash("compare", {"first": "http", "second": "https"})),
            Kind("/free", _slash("free", {"near": 8080, "count": 2})),
            Kind("/explain", _form, "A form opens, for text and files."),
            Kind("Explain ports here", _menu, "A command in the menu of any message."),
            Kind("/changes", _slash("changes"), "Of an update that was made up for this page."),
            Kind("/map", _slash("map", {"number": 443})),
            Kind("/about", _slash("about")),
            Kind("/help", _slash("help")),
            Kind("/privacy", _privacy, manages=True),
            Kind("/feedback", _feedback, manages=True),
            Kind("/watch", _watched, manages=True),
            Kind("/settings", _settings, manages=True),
        ),
        "What can be pressed": (
            Kind("Commands for another system", _another_system),
            Kind("More: the whole article, in pages", _article),
            Kind("Questions", _questions),
            Kind("Map", _map_around),
            Kind("Share", _shared, "A private answer, shown to all; its button goes."),
            Kind("Was this helpful?", _voted),
            Kind("Delete", _denied, "Pressed by somebody who has not asked."),
        ),
        "Lines": (
            Kind("Asked too much", _hurried),
            Kind("Something is broken", _broken, "The log has the reference, too."),
        ),
    }
)
