import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import MAX_QUESTION, clean, fold, fold_all, squash, tokens_of

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Port 576", "port 576"),
        ("８０８０", "8080"),
        ("พอร์ต ๕๗๖", "พอร์ต 576"),
        ("पोर्ट ९४०", "पोर्ट 940"),
        ("à quoi sert", "a quoi sert"),
        ("Łódź ØREN İstanbul ığdır", "lodz oren istanbul igdir"),
        ("đường cổng", "duong cong"),
        ("ＰＯＲＴ", "port"),
    ],
)
def test_letters_and_digits_take_one_form(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("What's up?", ["whats", "up"]),
        ("c'est quoi", ["c", "est", "quoi"]),
        ("qu’est-ce", ["qu", "est", "ce"]),
        ("dell'openvpn", ["dell", "openvpn"]),
        ("TIME_WAIT", ["time", "wait"]),
    ],
)
def test_an_apostrophe_joins_in_english_and_splits_in_french(
    phrase: str, words: list[str]
) -> None:
    assert tokens_of(phrase) == words


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Home Assistant", "homeassistant"),
        ("pcsync-https", "pcsynchttps"),
        ("whois++", "whois++"),
        ("TACACS+", "tacacs+"),
        ("マインクラフト", "マインクラフト"),
        ("सर्वर", "सर्वर"),
    ],
)
def test_names_are_compared_without_spaces_and_hyphens(name: str, key: str) -> None:
    assert squash(name) == key


def test_invisible_characters_and_lone_surrogates_are_dropped() -> None:
    assert clean("por\u200bt\x00 \ud800 443\u202e") == "port  443"


def test_a_text_is_cut_to_the_longest_message_discord_allows() -> None:
    assert len(clean("x" * 9000)) == MAX_QUESTION


@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(clean(text))) == fold(clean(text))


@given(st.lists(ANY_TEXT, max_size=6))
def test_many_texts_are_folded_as_each_by_itself_is(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


def test_texts_of_many_scripts_are_folded_as_each_by_itself_is() -> None:
    texts = [
        "what's",
        "l'été",
        "포트8080",
        "端口 号",
        "พอร์ต",
        "Øst\nÆbler",
        "ｆｕｌｌ ５７６",
        "",
        "ß",
    ]
    assert fold_all(texts) == [fold(text) for text in texts]
    assert fold_all(texts[:5]) == [fold(text) for text in texts[:5]]
