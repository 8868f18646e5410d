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
    "handle_message_parameters",
}
MODULES = [
    path
    for path in sorted(BOT.rglob("*.py"))
    if "playground" not in path.parts and path.name != "send.py"
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(BOT)))
def test_nothing_is_sent_past_the_guard(path: Path) -> None:
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    assert not {_name(call) for call in calls} & SENDS


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def test_the_one_road_fits_all_that_it_sends() -> None:
    tree = ast.parse((BOT / "send.py").read_text())
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        given = {word.arg: ast.unparse(word.value) for word in call.keywords}
        if _name(call) not in SENDS or given.get("params") == "params":
            continue  # the parameters are those of the other call
        said = [ast.unparse(each) for each in call.args] + [given.get("content", "")]
        assert any(said) or "view" in given
        assert all("fit_content(" in each for each in said if each)
        assert "view" in given.get("view", "view").lower()
