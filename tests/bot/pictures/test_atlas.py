import asyncio
import subprocess
import sys

from bot.pictures.atlas import Atlas
from bot.pictures.surroundings import around
from knowledge.base import KnowledgeBase
from knowledge.phrasebook import ENGLISH
from tests.bot.pictures.pixels import opened


async def test_a_picture_is_kept_and_given_again(base: KnowledgeBase) -> None:
    atlas = Atlas()
    first = await atlas.around(around(80, base.facts), ENGLISH)
    assert await atlas.around(around(80, base.facts), ENGLISH) is first
    assert await atlas.around(around(81, base.facts), ENGLISH) != first
    opened(first)


async def test_what_is_asked_for_at_once_is_drawn_once(base: KnowledgeBase) -> None:
    atlas = Atlas()
    pictures = await asyncio.gather(*(atlas.all(base.statuses, ENGLISH, 80) for _ in range(8)))
    assert len({id(png) for png in pictures}) == 1


async def test_the_pictures_kept_are_bounded_and_the_oldest_go_first(base: KnowledgeBase) -> None:
    atlas = Atlas(most_bytes=150_000)
    kept = {n: await atlas.around(around(n, base.facts), ENGLISH) for n in (80, 443, 8080, 9000)}
    assert 0 < atlas.size <= 150_000
    assert await atlas.around(around(9000, base.facts), ENGLISH) is kept[9000]
    assert await atlas.around(around(80, base.facts), ENGLISH) is not kept[80]


async def test_a_picture_over_the_bound_is_given_all_the_same(base: KnowledgeBase) -> None:
    atlas = Atlas(most_bytes=1)
    opened(await atlas.around(around(80, base.facts), ENGLISH))
    opened(await atlas.all(base.statuses, ENGLISH))


async def test_other_facts_are_another_picture(base: KnowledgeBase) -> None:
    atlas = Atlas()
    changed = b"R" + base.statuses[1:-1] + b"A"
    first = await atlas.all(base.statuses, ENGLISH)
    assert await atlas.all(changed, ENGLISH) != first


async def test_the_loop_goes_on_while_a_picture_is_drawn(base: KnowledgeBase) -> None:
    drawing = asyncio.ensure_future(Atlas().all(base.statuses, ENGLISH, 443))
    turns = 0
    while not drawing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 1


def test_pillow_is_not_loaded_before_a_picture_is_wanted() -> None:
    code = "import sys, bot.client, bot.cards.maps; sys.exit('PIL' in sys.modules)"
    subprocess.run((sys.executable, "-c", code), check=True)
