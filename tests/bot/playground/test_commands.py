"""Commands: registered by the bot, offered to people, used with options."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground import Choice, NotPossibleError, Permission, Playground
from bot.playground.people import parse_command
from tests.bot.playground.bare_http import Http
from tests.bot.playground.conftest import Login
from tests.bot.playground.tiny_bot import TinyBot

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_slash_command_is_answered(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "port", number="576")
    assert reply is not None
    assert (reply.text, reply.ephemeral) == ("port 576", False)
    assert reply.payload["type"] == 20
    assert reply.payload["interaction_metadata"]["user"]["id"] == str(playground.ada.id)


async def test_a_private_answer_is_seen_by_nobody_else(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "port", number="5", private=True)
    assert reply is not None
    assert reply.ephemeral
    assert reply.payload["flags"] & 64
    assert playground.channel.messages == {}


async def test_suggestions_come_while_an_option_is_typed(playground: Playground) -> None:
    found = await playground.ada.autocomplete(playground.channel, "port", number="htt")
    assert found == (Choice("htt0", "0"), Choice("htt1", "1"), Choice("htt2", "2"))


async def test_every_type_of_option_arrives(playground: Playground) -> None:
    reply = await playground.ada.slash(
        playground.channel,
        "near",
        count=3,
        name="abc",
        unit="ports",
        who=playground.ben.user,
        where=playground.channel,
        what=("a.txt", b"12345"),
        factor=1.5,
    )
    assert reply is not None
    assert reply.text == "3 abc p ben general 5 1.5"


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("nothing", {}, "has not registered /nothing"),
        ("port", {}, "requires the option 'number'"),
        ("port", {"number": 5}, "does not take 5"),
        ("port", {"number": " "}, "cannot be empty"),
        ("port", {"number": "5", "bogus": "x"}, "no option 'bogus'"),
        ("port", {"number": "5", "private": "yes"}, "does not take 'yes'"),
        ("near", {"count": 6}, "takes 1 to 5"),
        ("near", {"count": 1, "name": "x"}, "takes 2 to 4 characters"),
        ("near", {"count": 1, "unit": "miles"}, "offers 'ports', not 'miles'"),
        ("near", {"count": 1, "who": "Ben"}, "does not take 'Ben'"),
        ("note", {}, "needs a subcommand: add"),
        ("note remove", {}, "no subcommand 'remove'"),
    ],
)
async def test_what_the_client_would_not_send_is_refused(
    playground: Playground, command: str, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(NotPossibleError, match=words):
        await playground.ada.slash(playground.channel, command, **options)


async def test_suggestions_are_only_asked_where_the_option_has_them(
    playground: Playground,
) -> None:
    with pytest.raises(NotPossibleError, match="no autocompletion"):
        await playground.ada.autocomplete(playground.channel, "near", count="1")
    with pytest.raises(NotPossibleError, match="being typed"):
        await playground.ada.autocomplete(playground.channel, "near")


async def test_a_subcommand_is_used_by_its_whole_name(playground: Playground) -> None:
    reply = await playground.ada.slash(playground.channel, "note add", text="22 is ours")
    assert reply is not None
    assert reply.text == "noted 22 is ours"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("/port number:576", "port 576"),
        ("/port number:what is it private:true", "port what is it"),
        ("/note add text:a b", "noted a b"),
        ("/near count:2 name:abc factor:0.5", "2 abc None None None None 0.5"),
    ],
)
async def test_a_typed_line_is_a_command(playground: Playground, line: str, text: str) -> None:
    reply = await playground.ada.type(playground.channel, line)
    assert reply is not None
    assert reply.text == text


@pytest.mark.parametrize(
    "line", ["/", "/ ", "/:", '/"', "/port", "/port :", "/note", "/port a:1 b:2"]
)
async def test_a_typed_line_may_be_nonsense(playground: Playground, line: str) -> None:
    with pytest.raises(NotPossibleError):
        await playground.ada.type(playground.channel, line)


@given(st.text(max_size=40))
def test_any_line_can_be_taken_apart(line: str) -> None:
    command, options = parse_command(f"/{line}")
    assert command == " ".join(command.split())
    assert all(":" not in name for name in options)


async def test_a_typed_line_may_be_text(playground: Playground, bot: TinyBot) -> None:
    assert await playground.ada.type(playground.ada.dm, "what is 5?") is None
    assert bot.messages[0].content == "what is 5?"


async def test_a_message_command_carries_the_content_of_any_message(
    playground: Playground,
) -> None:
    message = await playground.ben.post(playground.channel, "tcp 0.0.0.0:747 LISTEN")
    reply = await playground.ada.menu("Explain ports", message)
    assert reply is not None
    assert (reply.text, reply.ephemeral) == ("explained tcp 0.0.0.0:747 LISTEN", True)


async def test_a_user_command_carries_the_person(playground: Playground) -> None:
    reply = await playground.ada.menu("Who is it", playground.ben)
    assert reply is not None
    assert reply.text == "ben"


async def test_a_managers_command_needs_the_permission_and_a_server(
    playground: Playground,
) -> None:
    manager = playground.add_person("Mona", permissions=Permission.MANAGE_GUILD)
    assert await manager.slash(playground.channel, "admin") is not None
    with pytest.raises(NotPossibleError, match="permissions that Ben lacks"):
        await playground.ben.slash(playground.channel, "admin")
    with pytest.raises(NotPossibleError, match="contexts or installs do not fit"):
        await playground.ada.slash(playground.ada.dm, "admin")


async def test_where_a_command_is_used_is_told(playground: Playground) -> None:
    eva = playground.add_person("Eva", locale="de", installed=True)
    far = await playground.add_guild("Far", playground.ada, installed=False, locale="fr")
    playground.join(eva, far)
    there = await playground.add_channel(far, "general")
    found = [
        await eva.slash(channel, "where")
        for channel in (
            playground.channel,
            eva.dm,
            playground.add_group(eva, playground.ben),
            there,
        )
    ]
    assert [reply and reply.text for reply in found] == [
        "[0] [0, 1] de en-US Member",
        "[1] [0, 1] de None User",
        "[2] [1] de None User",
        "[0] [1] de fr Member",
    ]
    with pytest.raises(NotPossibleError, match="contexts or installs do not fit"):
        await playground.ada.slash(there, "where")  # she has not installed it
    with pytest.raises(NotPossibleError, match="contexts or installs do not fit"):
        await eva.slash(there, "port", number="1")  # not a command for user installs


async def test_abroad_there_are_five_follow_ups_at_most(
    playground: Playground, bot: TinyBot
) -> None:
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ada, installed=False)
    playground.join(eva, far)
    there = await playground.add_channel(far, "general")
    reply = await eva.slash(there, "where")
    await playground.settled()
    assert reply is not None
    assert len(reply.followups) == 5
    assert bot.codes == [40094]
    home = await eva.slash(playground.channel, "where")
    await playground.settled()
    assert home is not None
    assert len(home.followups) == 6


async def test_a_server_may_make_foreign_apps_whisper(playground: Playground) -> None:
    eva = playground.add_person("Eva", installed=True)
    far = await playground.add_guild("Far", playground.ada, installed=False)
    far.external_apps = False
    playground.join(eva, far)
    there = await playground.add_channel(far, "general")
    reply = await eva.slash(there, "where", private=False)
    await playground.settled()
    assert reply is not None
    assert reply.ephemeral
    assert all(each.ephemeral for each in reply.followups)


async def test_a_repeated_sync_keeps_the_ids(playground: Playground, bot: TinyBot) -> None:
    before = {each.name: each.id for each in await bot.tree.fetch_commands()}
    bot.tree.remove_command("many")
    await bot.tree.sync()
    after = {each.name: each.id for each in await bot.tree.fetch_commands()}
    assert after == {name: number for name, number in before.items() if name != "many"}
    with pytest.raises(NotPossibleError):
        await playground.ada.slash(playground.channel, "many", count=1)


async def test_a_servers_own_commands_are_offered_only_there(
    playground: Playground, http: Http
) -> None:
    own = f"/applications/{playground.world.bot.id}/guilds/{playground.guild.id}/commands"
    status, made = await http.send(
        "POST", own, {"name": "local", "description": "Ours", "type": 1}
    )
    assert (status, made["guild_id"]) == (200, str(playground.guild.id))
    other = await playground.add_guild("Pier", playground.ada)
    docks = await playground.add_channel(other, "docks")
    with pytest.raises(NotPossibleError, match="has not registered"):
        await playground.ada.slash(docks, "local")
    status, changed = await http.send("PATCH", f"{own}/{made['id']}", {"description": "Theirs"})
    assert (status, changed["description"], changed["name"]) == (200, "Theirs", "local")
    assert (await http.send("GET", f"{own}/{made['id']}"))[1] == changed
    assert (await http.send("DELETE", f"{own}/{made['id']}"))[0] == 204
    assert await http.send("GET", own) == (200, [])
    assert (await http.send("GET", f"{own}/{made['id']}"))[1]["code"] == 10063


async def test_commands_survive_a_restart_of_the_bot(
    playground: Playground, bot: TinyBot, login: Login
) -> None:
    await bot.stop()
    again = await login(playground)
    assert {each.name for each in await again.tree.fetch_commands()} >= {"port", "near"}
    assert await playground.ada.slash(playground.channel, "port", number="1") is not None
