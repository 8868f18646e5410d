"""Every message leaves through bot/send.py, which hands it to the guard."""

import ast
from pathlib import Path

import pytest

BOT = Path(__file__).parents[2] / "bot"
SENDS = {  # discord.py's ways to say something
    "send",
    "send_message",
    "reply",
    "edit",
    "edit_message",
    "edit_original_response",
    "create_dm",
    "set_content",
}
MODULES = [
    path
    for path in sorted(BOT.rglob("*.py"))
    if "playground" not in path.parts and path.name != "send.py"
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_nothing_is_sent_past_the_guard(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    names = {call.func.attr for call in calls if isinstance(call.func, ast.Attribute)}
    assert not names & SENDS


def test_the_one_road_fits_all_that_it_sends() -> None:
    tree = ast.parse((BOT / "send.py").read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in SENDS):
            continue
        said = [*call.args, *(word.value for word in call.keywords if word.arg == "content")]
        views = [word.value for word in call.keywords if word.arg == "view"]
        assert said or views
        assert all(ast.unparse(each).startswith("fit_content(") for each in said)
        assert all("view" in ast.unparse(each).lower() for each in views)
