import os

from bot.typed_lines import read_lines


async def test_lines_are_read_as_they_come_and_the_last_needs_no_end() -> None:
    read, write = os.pipe()
    lines = read_lines(read)
    os.write(write, b"one\ntw")
    assert await anext(lines) == "one"
    os.write(write, b"o\n\xff")
    assert await anext(lines) == "two"
    os.close(write)
    assert [line async for line in lines] == ["\ufffd"]
    os.close(read)
