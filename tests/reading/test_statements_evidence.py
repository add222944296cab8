"""Statements found with the encoder's heads: made-up sentences with hand-made trees and hand-made chances."""

from __future__ import annotations

from dataclasses import replace

from dragoman.language.annotations import Annotations
from dragoman.reading.statements.builder import read_statements
from dragoman.reading.statements.evidence import Evidence, Hints, Run
from tests.reading.test_statements import cast_of, only, parse, words

LOW, HIGH = 0.05, 0.95


def heard(annotations: Annotations, *, source: str = "", cue: str = "", content: str = "") -> Annotations:
    """The annotations with sure chances for the words of the three phrases ("|" parts them) and slight ones for all others.

    Words of a source and of a content are linked to the first cue.
    """

    def marked(phrases: str) -> list[tuple[int, int]]:
        found = [(annotations.text.index(p), p) for p in phrases.split("|") if p]
        return [(start, start + len(p)) for start, p in found]

    def chance(start: int, spans: list[tuple[int, int]]) -> float:
        return HIGH if any(a <= start < b for a, b in spans) else LOW

    sources, cues, contents = marked(source), marked(cue), marked(content)
    first = [t.index for t in annotations.tokens if cues and cues[0][0] <= t.start < cues[0][1]][:1]
    tokens = [
        replace(
            t,
            voice=(
                chance(t.start, sources),
                chance(t.start, cues),
                chance(t.start, contents),
                HIGH if any(t.start == a for a, _ in contents) else LOW,
            ),
            links=tuple((i, HIGH) for i in first if any(a <= t.start < b for a, b in sources + contents)),
        )
        for t in annotations.tokens
    ]
    return replace(annotations, tokens=tokens)


BRAG = """
    Rosa PROPN nsubj 2
    crowed:crow VERB root 0 Tense=Past
    +, PUNCT punct 2
    over ADP case 5
    lunch NOUN obl 2
    +, PUNCT punct 2
    that SCONJ mark 9
    talks NOUN nsubj 9
    resumed:resume VERB ccomp 2 Tense=Past
    +. PUNCT punct 2
"""
HUM = BRAG.replace("crowed:crow", "hummed:hum").replace("ccomp", "advcl")


def test_a_cue_that_no_rule_knows_makes_a_statement_where_the_heads_are_sure() -> None:
    a = parse(HUM)
    cast = cast_of(a, {"Rosa": "person"})
    assert read_statements(a, cast, []) == []
    s = only(read_statements(heard(a, source="Rosa", cue="hummed", content="that talks resumed"), cast, []))
    assert (words(a, s.source), words(a, s.cue), words(a, s.content)) == (["Rosa"], ["hummed"], ["that talks resumed"])
    assert (s.speaker, s.mode) == ("a-Rosa", "indirect")


def test_such_a_cue_needs_a_source_of_the_heads_though_nobody_known() -> None:
    a = parse(HUM)
    s = only(read_statements(heard(a, source="Rosa", cue="hummed", content="that talks resumed"), cast_of(a, {}), []))
    assert (words(a, s.source), s.speaker) == (["Rosa"], None)
    assert read_statements(heard(a, cue="hummed", content="that talks resumed"), cast_of(a, {}), []) == []


def test_a_passive_that_the_heads_are_sure_of_needs_no_source() -> None:
    a = parse("""
        Talks NOUN nsubj:pass 3
        are:be AUX aux:pass 3
        tipped:tip VERB root 0 VerbForm=Part
        to PART mark 5
        resume VERB xcomp 3
        +. PUNCT punct 3
    """)
    s = only(read_statements(heard(a, cue="are tipped", content="Talks|to resume"), cast_of(a, {}), []))
    assert (s.source, words(a, s.cue), words(a, s.content)) == ((), ["are tipped"], ["Talks", "to resume"])


TWO = """
    Rosa PROPN nsubj 2
    hummed:hum VERB root 0 Tense=Past
    that SCONJ mark 5
    Gil PROPN nsubj 5
    piped:pipe VERB ccomp 2 Tense=Past
    that SCONJ mark 8
    talks NOUN nsubj 8
    resumed:resume VERB ccomp 5
    +. PUNCT punct 2
"""


def test_a_content_inside_anothers_belongs_to_both_cues() -> None:
    a = heard(parse(TWO), source="Rosa|Gil", cue="hummed|piped", content="that Gil piped that talks resumed")
    innermost = {0: 1, 2: 1, 3: 4, 4: 1, 5: 4, 6: 4, 7: 4}  # the token of the cue that each token belongs to
    a = replace(a, tokens=[replace(t, links=((innermost[t.index], HIGH),) if t.index in innermost else ()) for t in a.tokens])
    evidence = Evidence(a, [], Hints())
    assert evidence.cues == [Run(1, 2), Run(4, 5)]
    assert evidence.contents == [[Run(2, 8)], [Run(5, 8)]]
    assert [evidence.source_of(place) for place in (0, 1)] == [Run(0, 1), Run(3, 4)]


def test_a_reporting_verb_that_the_heads_deny_is_none_but_a_quotation_stays() -> None:
    a = parse(BRAG)
    cast = cast_of(a, {"Rosa": "person"})
    assert len(read_statements(a, cast, [])) == 1
    other = parse(
        BRAG,
        """
        Gil PROPN nsubj 2
        hummed:hum VERB root 0
        that SCONJ mark 5
        they PRON nsubj 5
        won:win VERB ccomp 2
        +. PUNCT punct 2
        """,
    )
    found = read_statements(
        heard(other, source="Gil", cue="hummed", content="that they won"), cast_of(other, {"Rosa": "person", "Gil": "person"}), []
    )
    assert [words(other, s.cue) for s in found] == [["hummed"]]


def test_the_heads_take_in_what_the_tree_left_out_of_a_content() -> None:
    a = parse("""
        Rosa PROPN nsubj 2
        said:say VERB root 0 Tense=Past
        talks NOUN nsubj 4
        resumed:resume VERB ccomp 2 Tense=Past
        +, PUNCT punct 9
        calmly ADV advmod 9
        and CCONJ cc 9
        very ADV advmod 9
        slowly ADV conj 2
        +. PUNCT punct 2
    """)
    cast = cast_of(a, {"Rosa": "person"})
    assert words(a, only(read_statements(a, cast, [])).content) == ["talks resumed"]
    b = heard(a, source="Rosa", cue="said", content="talks resumed, calmly and very slowly")
    long = only(read_statements(b, cast, []))
    assert words(a, long.content)[0].startswith("talks resumed")


def test_a_source_may_be_longer_than_the_tree_has_it() -> None:
    a = parse("""
        Rosa PROPN nsubj 7
        of ADP case 4
        the DET det 4
        port NOUN obl 7
        of ADP case 6
        Tarvo PROPN nmod 4
        said:say VERB root 0 Tense=Past
        talks NOUN nsubj 9
        resumed:resume VERB ccomp 7
        +. PUNCT punct 7
    """)
    b = heard(a, source="Rosa of the port of Tarvo", cue="said", content="talks resumed")
    s = only(read_statements(b, cast_of(a, {"Rosa": "person"}), []))
    assert (words(a, s.source), s.speaker) == (["Rosa of the port of Tarvo"], "a-Rosa")


def test_a_quotation_that_goes_on_behind_its_tag_is_one_with_what_was_said() -> None:
    a = parse(
        """
        “ PUNCT punct 3
        +We PRON nsubj 3
        stay VERB ccomp 6
        +,” PUNCT punct 3
        Rosa PROPN nsubj 6
        said:say VERB root 0 Tense=Past
        +. PUNCT punct 6
        """,
        """
        “ PUNCT punct 3
        +Nobody PRON nsubj 3
        leaves:leave VERB root 0
        +.” PUNCT punct 3
        """,
    )
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (words(a, s.content), words(a, s.cue), s.mode) == (["We stay", "Nobody leaves."], ["said"], "direct")


def test_a_content_ends_at_the_edge_of_a_phrase_where_the_chances_waver() -> None:
    a = parse("""
        Rosa PROPN nsubj 2
        hummed:hum VERB root 0 Tense=Past
        that SCONJ mark 5
        talks NOUN nsubj 5
        resumed:resume VERB ccomp 2
        in ADP case 8
        old ADJ amod 8
        Tarvo PROPN obl 5
        +. PUNCT punct 2
    """)
    b = heard(a, cue="hummed", content="that talks resumed in old")
    tokens = [replace(t, voice=(LOW, LOW, 0.45, LOW)) if t.text == "Tarvo" else t for t in b.tokens]
    evidence = Evidence(replace(b, tokens=tokens), [], Hints())
    assert evidence.contents == [[Run(2, 8)]]


def test_a_content_runs_over_sentences_as_far_as_its_words_are_linked() -> None:
    said = """
        Rosa PROPN nsubj 2
        hummed:hum VERB root 0
        +: PUNCT punct 2
        talks NOUN nsubj 5
        resumed:resume VERB parataxis 2
        +. PUNCT punct 2
    """
    more = """
        They PRON nsubj 2
        resumed:resume VERB root 0
        +. PUNCT punct 2
    """
    a = parse(said, more, more.replace("They", "Others"))
    evidence = Evidence(heard(a, source="Rosa", cue="hummed", content="talks resumed. They resumed"), [], Hints())
    assert evidence.contents == [[Run(3, 8)]]


def test_without_chances_there_is_no_evidence() -> None:
    evidence = Evidence(parse(BRAG), [], Hints())
    assert not evidence.told
    assert (evidence.sources, evidence.cues, evidence.contents) == ([], [], [])
