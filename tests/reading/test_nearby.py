from hypothesis import given
from hypothesis import strategies as st

from dragoman.reading.nearby import Nearby
from dragoman.text.report import Span

SPANS = st.tuples(st.integers(0, 5_000), st.integers(1, 900)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS), SPANS)
def test_nothing_that_touches_the_place_is_missed(spans: list[Span], place: Span) -> None:
    found = Nearby(spans, lambda span: [span]).at(place)
    assert [span for span in spans if span.overlaps(place)] == [span for span in found if span.overlaps(place)]


def test_what_is_far_away_is_left_out() -> None:
    spans = [Span(n, n + 10) for n in range(0, 100_000, 100)]
    assert len(Nearby(spans, lambda span: [span]).at(Span(50_000, 50_010))) <= 5
