"""Hundreds of mixed interactions with the real bot; `make bench ARGS=soak` does ten thousand."""

import shutil
from pathlib import Path

from knowledge.base import FILE_NAME
from tests.soak.run import soak

ROOT = Path(__file__).parents[2]
INTERACTIONS = 1_500
SEED = 576
MOST_GROWTH_MIB = 12.0  # in the second half, while the bot's bounded memories still fill


async def test_a_soaked_bot_answers_all_once_and_keeps_its_memory(
    installed: Path, tmp_path: Path
) -> None:
    shutil.copy2(installed / FILE_NAME, tmp_path / FILE_NAME)
    openapi = ROOT.parent / "shared" / "discord" / "openapi.json"
    soaked = await soak(
        tmp_path, INTERACTIONS, seed=SEED, openapi=openapi if openapi.is_file() else None
    )
    assert sum(soaked.counts[kind] for kind in ("mention", "direct", "command", "press")) > 1_000
    assert soaked.complaints == ()
    assert soaked.status == 0
    assert soaked.growth() < MOST_GROWTH_MIB, soaked.memory
