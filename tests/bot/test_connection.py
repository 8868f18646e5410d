from bot.connection import intents


def test_no_privileged_intent_is_asked_for() -> None:
    assert [name for name, asked in intents() if asked] == ["guild_messages", "dm_messages"]
