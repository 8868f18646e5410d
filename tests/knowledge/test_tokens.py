import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Protocol
from knowledge.text import clean
from knowledge.tokens import Kind, tokens


@pytest.mark.parametrize(
    ("written", "number", "protocol"),
    [
        ("443/tcp", 443, Protocol.TCP),
        ("443 / TCP", 443, Protocol.TCP),
        ("tcp/445", 445, Protocol.TCP),
        ("udp:514", 514, Protocol.UDP),
        ("514udp", 514, Protocol.UDP),
        (":8080", 8080, None),
        ("*:3000", 3000, None),
        (":::3001", 3001, None),
        ("[::1]:8080", 8080, None),
        ("[fe80::1%eth0]:22", 22, None),
        ("0.0.0.0:80", 80, None),
        ("localhost:5173", 5173, None),
        ("db.example.org:5433", 5433, None),
        ("http://localhost:9090/graph?g0.range=1h", 9090, None),
        ("https://user:secret@[2001:db8::1]:8443/x", 8443, None),
        ("jdbc:postgresql://db:5433/shop", 5433, None),
        ("36412/sctp", 36412, Protocol.SCTP),
    ],
)
def test_what_is_written_as_only_ports_are_is_a_port(
    written: str, number: int, protocol: Protocol | None
) -> None:
    found = [token for token in tokens(f"see {written} there") if token.kind is Kind.PORT]
    assert [(token.first, token.protocol) for token in found] == [(number, protocol)]


@pytest.mark.parametrize(
    "written", ["10:30", "23:59:59", "2026-11-21", "21.11.2026", "10.0.0.0/8", "1.2.3", "v3.11",
                "80%", "$25", "20 €", "20 + 22", "576p", "8gb", "3.14"],
)  # fmt: skip
def test_times_dates_addresses_prices_and_versions_are_no_ports(written: str) -> None:
    kinds = {token.kind for token in tokens(f"see {written} there")}
    assert kinds <= {Kind.WORD, Kind.OTHER}


@pytest.mark.parametrize("dash", ["-", "–", "—", " - ", "~", ".."])
def test_two_numbers_with_a_dash_between_are_a_range(dash: str) -> None:
    (found,) = [token for token in tokens(f"6881{dash}6889") if token.kind is Kind.SPAN]
    assert (found.first, found.last) == (6881, 6889)


def test_a_falling_pair_is_no_range() -> None:
    assert [token.kind for token in tokens("9000-80")] == [Kind.NUMBER, Kind.NUMBER]


def test_a_number_below_zero_keeps_its_sign() -> None:
    assert [token.first for token in tokens("port -1")] == [-1, -1]


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_has_tokens(text: str) -> None:
    for token in tokens(clean(text)):
        assert token.text
