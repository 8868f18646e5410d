import pytest

from knowledge.numerals import value_of


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        ([80], 80),
        ([20, 2], 22),
        ([80, 80], 8080),
        ([4, 4, 3], 443),
        ([30, 3, 0, 6], 3306),
        ([8, 1000, 80], 8080),
        ([4, 100, 40, 3], 443),
        ([1000], 1000),
        ([0], 0),
    ],
)
def test_number_words_are_summed_or_read_out(numbers: list[int], value: int) -> None:
    assert value_of(numbers) == value
