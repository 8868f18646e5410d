from bot.readable import readable


def test_a_card_is_read_without_discords_marks() -> None:
    card = (
        "| ### Port 22: ssh\n| -# small\n| **In practice**\n| - a\\_b \\[c\\]\n| ```sh\n"
        "| # What listens\n| ss **x**\n| ```\n| -# Sources: [A \\[1\\]](<https://a.example>)"
    )
    assert readable(card) == (
        "| Port 22: ssh\n| small\n| In practice\n| - a_b [c]\n"
        "|     # What listens\n|     ss **x**\n| Sources: A [1] https://a.example"
    )


def test_long_lines_are_wrapped_but_commands_are_whole() -> None:
    card = "| - " + "word " * 20 + "\n| ```sh\n| " + "command " * 20 + "\n| ```\n(a line)"
    lines = readable(card, 40).splitlines()
    assert lines[0] == "| - word word word word word word word"
    assert lines[1].startswith("|   word")
    assert "|     " + "command " * 20 in lines
    assert lines[-1] == "(a line)"
