"""What the playground answers has the shape that Discord's description gives."""

from pathlib import Path

import pytest

from bot.playground import Playground, Reply
from bot.playground.schema import description
from tests.bot.playground.bare_http import Http
from tests.bot.playground.tiny_bot import TinyBot


async def test_every_answer_has_discords_shape(
    playground: Playground, bot: TinyBot, http: Http, openapi: Path | None
) -> None:
    if openapi is None:
        pytest.skip("needs Discord's description beside the checkout")
    await use_everything(playground, bot)
    me, channel = playground.world.bot.id, playground.channel.id
    for path in (
        "/gateway",
        "/gateway/bot",
        "/applications/@me",
        f"/applications/{me}/commands",
        f"/applications/{me}/emojis",
        f"/channels/{channel}",
        f"/channels/{playground.ada.dm.id}",
        f"/channels/{channel}/messages",
        f"/guilds/{playground.guild.id}",
        f"/guilds/{playground.guild.id}/channels",
        f"/guilds/{playground.guild.id}/roles",
        f"/guilds/{playground.guild.id}/members/{me}",
        "/users/@me/guilds",
        f"/users/{playground.ada.id}",
    ):
        assert (await http.send("GET", path))[0] == 200
    judge = description(openapi)
    seen, problems = set(), []
    for each in playground.requests:
        seen.add((each.method, each.route))
        problems += [
            f"{each.method} {each.route}: {problem}"
            for problem in judge.answer_problems(each.method, each.route, each.status, each.result)
        ]
    assert "\n".join(sorted(set(problems))) == ""
    assert len(seen) > 20


async def use_everything(playground: Playground, bot: TinyBot) -> None:
    ada, channel = playground.ada, playground.channel
    card = await ada.say(channel, "card", mention=True)
    assert isinstance(card, Reply)
    await ada.click(card, "form")
    await ada.choose(card, "who", playground.ben)
    await ada.click(card, "More")
    await ada.say(channel, "file", mention=True)
    await ada.slash(channel, "port", number="5", private=True)
    await ada.autocomplete(channel, "port", number="5")
    await ada.slash(channel, "think")
    await ada.slash(channel, "many", count=1)
    await ada.slash(ada.dm, "where")
    await ada.menu("Explain ports", await playground.ben.post(channel, "x", reply_to=card))
    form = await ada.slash(channel, "form")
    assert form is not None
    await ada.submit(form, {"Text": "x"})
    await (await bot.fetch_user(ada.id)).send("psst")
    await playground.settled()
