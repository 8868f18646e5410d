from pathlib import Path

import click
import pytest

from bot.cli.opening import open_base, open_base_lean
from knowledge.base import FILE_NAME


def test_a_missing_file_is_built_apart_and_opened(tmp_path: Path) -> None:
    base = open_base_lean(tmp_path / "new")
    assert base.facts(22).number == 22
    base.close()


def test_a_damaged_file_is_built_anew(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"SQLite format 3\x00 no more")
    base = open_base_lean(tmp_path)
    assert base.facts(22).number == 22
    base.close()


@pytest.mark.parametrize("opening", [open_base, open_base_lean])
def test_where_none_can_be_built_it_says_so(opening: object, tmp_path: Path) -> None:
    assert callable(opening)
    (tmp_path / "file").touch()
    with pytest.raises(click.ClickException) as caught:
        opening(tmp_path / "file" / "below")
    assert "\n" not in caught.value.format_message()
