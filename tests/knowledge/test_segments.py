from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Protocol
from knowledge.segments import segments
from knowledge.sources.registry import Row, Standing

numbers = st.integers(0, 60) | st.integers(49100, 49200) | st.integers(65500, 65535)
spans = st.tuples(numbers, numbers).map(lambda pair: (min(pair), max(pair)))


@st.composite
def rows(draw: st.DrawFn) -> Row:
    standing = draw(st.sampled_from(Standing))
    first, last = draw(spans)
    return Row(
        first,
        last,
        draw(st.sampled_from((None, *Protocol))),
        standing,
        name=draw(st.sampled_from("abc")) if standing is Standing.ASSIGNED else "",
    )


@given(st.lists(rows(), max_size=12), st.lists(spans, max_size=4))
def test_segments_say_of_each_port_what_the_rows_say(
    registry: list[Row], uses: list[tuple[int, int]]
) -> None:
    cut = segments(registry, uses)
    assert [segment.first for segment in cut] == [0, *(s.last + 1 for s in cut[:-1])]
    assert cut[-1].last == 65535
    for segment in cut:
        for number in {segment.first, segment.last}:
            for protocol in Protocol:
                standings = {
                    row.standing
                    for row in registry
                    if number in row.numbers and protocol in row.protocols
                }
                word, _ = segment.states[protocol]
                if standings:
                    assert word == next(s for s in Standing if s in standings)
                else:
                    assert word == ("unassigned" if number < 49152 else "dynamic")
                assert segment.assigned.get(protocol, []) == [
                    place
                    for place, row in enumerate(registry)
                    if row.name and number in row.numbers and protocol in row.protocols
                ]
            assert segment.uses == [
                place for place, (first, last) in enumerate(uses) if first <= number <= last
            ]


@given(st.lists(rows(), max_size=12))
def test_blocks_are_as_long_as_they_can_be(registry: list[Row]) -> None:
    cut = segments(registry)
    free = [all(word == "unassigned" for word, _ in s.states.values()) for s in cut]
    assert [segment.block is not None for segment in cut] == free
    starts = {segment.first: place for place, segment in enumerate(cut)}
    ends = {segment.last: place for place, segment in enumerate(cut)}
    for segment in cut:
        if segment.block is not None:
            first, last = starts[segment.block[0]], ends[segment.block[1]]
            assert all(free[first : last + 1])
            assert first == 0 or not free[first - 1]
            assert last + 1 == len(cut) or not free[last + 1]
