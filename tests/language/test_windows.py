from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.labels import GAPS
from dragoman.language.segment import words_in
from dragoman.language.windows import LONGEST, WINDOW, windows_of

PARAGRAPHS = st.lists(st.integers(1, 400), min_size=0, max_size=8)


@given(PARAGRAPHS)
def test_every_word_is_in_just_one_window(lengths: list[int]) -> None:
    text = "\n\n".join(" ".join(["Word"] * n) + "." for n in lengths)
    windows = list(windows_of(text))
    assert [w for window in windows for w in window.words] == words_in(text)
    assert all(len(window.words) <= max(WINDOW, LONGEST) for window in windows)
    assert all(len(w.words) == len(w.gaps) == len(w.forced) == len(w.paragraphs) for w in windows)


def test_gaps_tell_what_stands_before_a_word() -> None:
    [window] = windows_of("Don't go.\n\nStay")
    assert [GAPS[gap] for gap in window.gaps] == ["break", "joined", "space", "joined", "break"]
    assert window.forced == [True, False, False, False, True]
    assert window.paragraphs == [0, 0, 0, 0, 1]


def test_a_long_paragraph_is_cut_behind_a_full_stop() -> None:
    text = ("Word " + "word " * 98 + "end. ") * 4
    cut = [window.words for window in windows_of(text)]
    assert len(cut) > 1
    assert all(text[words[-1].end - 1] == "." for words in cut)


def sentence_heads(text: str) -> list[str]:
    return [text[w.start : w.end] for window in windows_of(text) for w, forced in zip(window.words, window.forced, strict=True) if forced]


def test_a_dateline_stands_by_itself() -> None:
    assert sentence_heads("NAIROBI, Oct 27 (Some Wire) - Police said so.") == ["NAIROBI", "Police"]
    assert sentence_heads("PORT SUDAN — “Go,” he said.") == ["PORT", "“"]
    assert sentence_heads("NATO-led troops left. EU - we know.") == ["NATO"]
    assert sentence_heads("ABC chairman Jean-Paul Oda left.") == ["ABC"]
    assert sentence_heads("The army - the largest - left.") == ["The"]
