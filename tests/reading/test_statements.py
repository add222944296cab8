"""Statements: who said what, read from made-up sentences with hand-made trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from dragoman.language.annotations import Annotations, Sentence, Token
from dragoman.reading.actors.cast import Cast
from dragoman.reading.entries import Actor, Kind, Statement, Time
from dragoman.reading.statements.builder import read_statements
from dragoman.reading.statements.quotations import find_quotations
from dragoman.reading.statements.reporting import reporting_words
from dragoman.text.report import Span


def parse(*sentences: str) -> Annotations:
    """Trees from lines "word[:lemma] UPOS relation head [Feature=Value ...]"; heads count from 1 in their sentence.

    "+word" stands directly behind the word before it; a sentence that begins with "¶" opens a paragraph.
    """
    tokens: list[Token] = []
    built: list[Sentence] = []
    text, paragraph = "", 0
    for number, sentence in enumerate(sentences):
        rows = [line.split() for line in sentence.strip().splitlines()]
        if rows[0] == ["¶"]:
            rows, paragraph, text = rows[1:], paragraph + 1, text + "\n\n"
        elif text:
            text += " "
        first = len(tokens)
        for row in rows:
            joined = row[0].startswith("+")
            form = row[0].removeprefix("+")
            word, _, lemma = form.partition(":") if len(form) > 1 else (form, "", "")
            if not joined and len(tokens) > first and text[-1] not in '“"(':
                text += " "
            start, text = len(text), text + word
            head, feats = int(row[3]), dict(f.split("=") for f in row[4:])
            lemma = lemma or (word if row[1] == "PROPN" else word.lower())
            tokens.append(
                Token(
                    len(tokens),
                    start,
                    len(text),
                    word,
                    lemma,
                    row[1],
                    feats,
                    first + head - 1 if head else -1,
                    row[2],
                    number,
                )
            )
        built.append(Sentence(number, tokens[first].start, len(text), first, len(tokens), paragraph))
    return Annotations(text, tokens, built)


def cast_of(annotations: Annotations, people: Mapping[str, Kind], pronouns: Mapping[str, str] | None = None) -> Cast:
    """A cast in which each of these words is an actor with that name, and a pronoun means the word given for it."""
    actors: dict[str, Actor] = {}
    by_token: dict[int, str] = {}
    for token in annotations.tokens:
        word = (pronouns or {}).get(token.lower, token.text)
        if word not in people:
            continue
        mentions = (*(actors[word].mentions if word in actors else ()), token.span)
        actors[word] = Actor(f"a-{word}", word, people[word], None, (), (), mentions)
        by_token[token.index] = f"a-{word}"
    return Cast(tuple(actors.values()), by_token)


def words(annotations: Annotations, spans: Sequence[Span]) -> list[str]:
    return [annotations.text[s.start : s.end] for s in spans]


def only(statements: Sequence[Statement]) -> Statement:
    assert len(statements) == 1, [s.content for s in statements]
    return statements[0]


GIL_SAID = """
    Gil PROPN nsubj 2
    said:say VERB root 0 Tense=Past
    that SCONJ mark 5
    talks NOUN nsubj 5
    resumed:resume VERB ccomp 2 Tense=Past
    +. PUNCT punct 2
"""


def test_a_reported_clause_keeps_its_that_and_loses_its_stop() -> None:
    a = parse(GIL_SAID)
    s = only(read_statements(a, cast_of(a, {"Gil": "person"}), []))
    assert (words(a, s.source), words(a, s.cue), words(a, s.content)) == (["Gil"], ["said"], ["that talks resumed"])
    assert (s.id, s.speaker, s.mode, s.standing, s.channel, s.when) == ("s1", "a-Gil", "indirect", "named", None, None)


@pytest.mark.parametrize("extra", ["not:not PART advmod 3", "would:would AUX aux 3", "if:if SCONJ mark 3", "never:never ADV advmod 3"])
def test_words_that_were_not_said_are_no_statement(extra: str) -> None:
    a = parse(f"""
        Gil PROPN nsubj 3
        {extra}
        said:say VERB root 0 Tense=Past
        that SCONJ mark 6
        talks NOUN nsubj 6
        resumed:resume VERB ccomp 3 Tense=Past
        +. PUNCT punct 3
    """)
    assert read_statements(a, cast_of(a, {"Gil": "person"}), []) == []


def test_declining_to_say_is_no_statement() -> None:
    a = parse("""
        Gil PROPN nsubj 2
        declined:decline VERB root 0 Tense=Past
        to PART mark 4
        say VERB xcomp 2 VerbForm=Inf
        where ADV advmod 7
        they PRON nsubj 7
        were:be AUX ccomp 4
        +. PUNCT punct 2
    """)
    assert read_statements(a, cast_of(a, {"Gil": "person"}), []) == []


def test_continuing_to_insist_is_one_and_its_subject_is_that_of_the_first_verb() -> None:
    a = parse("""
        Lima PROPN nsubj 2
        continues:continue VERB root 0
        to PART mark 4
        insist VERB xcomp 2 VerbForm=Inf
        talks NOUN nsubj 6
        failed:fail VERB ccomp 4
        +. PUNCT punct 2
    """)
    s = only(read_statements(a, cast_of(a, {"Lima": "country"}), []))
    assert (s.speaker, s.standing, words(a, s.content)) == ("a-Lima", "institution", ["talks failed"])


def test_a_parenthesis_leaves_a_content_in_two_parts() -> None:
    a = parse("""
        The DET det 2
        talks NOUN nsubj 8
        +, PUNCT punct 5
        she PRON nsubj 5
        said:say VERB parataxis 8
        +, PUNCT punct 5
        would AUX aux 8
        resume VERB root 0
        +. PUNCT punct 8
    """)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}, {"she": "Rosa"}), []))
    assert words(a, s.content) == ["The talks", "would resume"]
    assert s.speaker == "a-Rosa"


DENIAL = """
    The DET det 2
    ministry NOUN nsubj 3
    denied:deny VERB root 0
    any DET det 5
    role NOUN obj 3
    +, PUNCT punct 7
    accusing:accuse VERB advcl 3 VerbForm=Ger
    the DET det 9
    rebels:rebel NOUN obj 7
    of SCONJ mark 11
    lying:lie VERB advcl 7 VerbForm=Ger
    +. PUNCT punct 3
"""


def test_a_denial_and_an_accusation_share_their_subject() -> None:
    a = parse(DENIAL)
    denial, accusation = read_statements(a, cast_of(a, {"ministry": "government", "rebels": "group"}), [])
    assert words(a, denial.content) == ["any role"]
    assert (words(a, accusation.cue), words(a, accusation.content)) == (["accusing"], ["the rebels of lying"])
    assert denial.speaker == accusation.speaker == "a-ministry"
    assert words(a, accusation.source) == ["The ministry"]


def test_being_denied_a_visa_is_no_denial() -> None:
    a = parse("""
        They PRON nsubj:pass 3
        were:be AUX aux:pass 3
        denied:deny VERB root 0
        visas:visa NOUN obj 3
        +. PUNCT punct 3
    """)
    assert read_statements(a, cast_of(a, {}), []) == []


def test_coordinated_reporting_verbs_make_two_statements_with_one_date() -> None:
    a = parse("""
        On ADP case 2
        Tuesday PROPN obl 5
        +, PUNCT punct 2
        Rosa PROPN nsubj 5
        announced:announce VERB root 0
        that SCONJ mark 8
        two NUM nsubj:pass 8
        fled:flee VERB ccomp 5
        and CCONJ cc 10
        declared:declare VERB conj 5
        that SCONJ mark 13
        it PRON nsubj 13
        ended:end VERB ccomp 10
        +. PUNCT punct 5
    """)
    times = [Time("t1", a.tokens[1].start, a.tokens[1].end, "DATE", "2031-05-06")]
    first, second = read_statements(a, cast_of(a, {"Rosa": "person"}), times)
    assert (words(a, first.content), words(a, second.content)) == (["that two fled"], ["that it ended"])
    assert (first.speaker, second.speaker, first.when, second.when) == ("a-Rosa", "a-Rosa", "2031-05-06", "2031-05-06")


def test_a_report_of_a_report_holds_the_inner_one() -> None:
    a = parse("""
        Talks NOUN nsubj 2
        failed:fail VERB root 0
        +, PUNCT punct 5
        Rosa PROPN nsubj 5
        said:say VERB parataxis 2
        +, PUNCT punct 8
        Andina PROPN nsubj 8
        reported:report VERB parataxis 2
        +. PUNCT punct 2
    """)
    inner, outer = read_statements(a, cast_of(a, {"Rosa": "person", "Andina": "organization"}), [])
    assert (inner.speaker, words(a, inner.content)) == ("a-Rosa", ["Talks failed"])
    assert (outer.speaker, words(a, outer.content)) == ("a-Andina", ["Talks failed, Rosa said"])
    assert outer.standing == "institution"


QUOTED = (
    """
    “ PUNCT punct 3
    +We PRON nsubj 3
    stay VERB ccomp 6
    +,” PUNCT punct 3
    Rosa PROPN nsubj 6
    told:tell VERB root 0 Tense=Past
    Radio PROPN obj 6
    Sol PROPN flat 7
    +. PUNCT punct 6
    """,
    """
    ¶
    “ PUNCT punct 3
    +Nobody PRON nsubj 3
    leaves:leave VERB root 0
    +. PUNCT punct 3
    """,
    """
    Nobody PRON nsubj 2
    runs:run VERB root 0
    +.” PUNCT punct 2
    """,
)


def test_a_quotation_that_stands_alone_goes_on_with_the_speaker_before_it() -> None:
    a = parse(*QUOTED)
    first, second = read_statements(a, cast_of(a, {"Rosa": "person", "Radio": "organization"}), [])
    assert (words(a, first.content), first.mode, first.channel) == (["We stay"], "direct", "Radio Sol")
    assert words(a, second.content) == ["Nobody leaves. Nobody runs."]
    assert (second.speaker, second.source, second.cue, second.channel) == ("a-Rosa", (), (), "Radio Sol")


def test_quoting_in_part_is_mixed_and_keeps_its_marks() -> None:
    a = parse("""
        Rosa PROPN nsubj 2
        said:say VERB root 0
        the DET det 4
        plan NOUN nsubj 7
        was:be AUX cop 7
        “ PUNCT punct 7
        +dead ADJ ccomp 2
        +.” PUNCT punct 7
    """)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.mode, words(a, s.content)) == ("mixed", ["the plan was “dead.”"])


def test_a_relative_clause_behind_a_content_is_the_writers() -> None:
    a = parse("""
        Rosa PROPN nsubj 2
        said:say VERB root 0
        he PRON nsubj 4
        left:leave VERB ccomp 2
        Quito PROPN obj 4
        +, PUNCT punct 8
        which PRON nsubj 8 PronType=Rel
        fell:fall VERB acl:relcl 5
        +. PUNCT punct 2
    """)
    assert words(a, only(read_statements(a, cast_of(a, {"Rosa": "person"}), [])).content) == ["he left Quito"]


def test_according_to_frames_the_whole_sentence() -> None:
    a = parse("""
        Ten NUM nsubj 2
        died:die VERB root 0
        +, PUNCT punct 7
        according:accord VERB case 7
        to ADP fixed 4
        a DET det 7
        source NOUN obl 2
        +. PUNCT punct 2
    """)
    s = only(read_statements(a, cast_of(a, {"source": "person"}), []))
    assert (words(a, s.source), words(a, s.cue), words(a, s.content)) == (["a source"], ["according to"], ["Ten died"])
    assert s.standing == "anonymous"


def test_a_speech_noun_belongs_to_its_possessor() -> None:
    a = parse("""
        His PRON nmod:poss 2
        claim NOUN nsubj 6
        that SCONJ mark 5
        they PRON nsubj 5
        lied:lie VERB acl 2
        failed:fail VERB root 0
        +. PUNCT punct 6
    """)
    s = only(read_statements(a, cast_of(a, {"Gil": "person"}, {"his": "Gil"}), []))
    assert (s.speaker, words(a, s.source), words(a, s.cue), words(a, s.content)) == (
        "a-Gil",
        ["His"],
        ["claim"],
        ["that they lied"],
    )


def test_an_announcement_without_a_speaker_stays_without_one() -> None:
    a = parse("""
        It PRON expl 3
        was:be AUX aux:pass 3
        announced:announce VERB root 0
        that SCONJ mark 6
        talks NOUN nsubj 6
        ended:end VERB csubj:pass 3
        +. PUNCT punct 3
    """)
    s = only(read_statements(a, cast_of(a, {}), []))
    assert (s.speaker, s.source, words(a, s.content)) == (None, (), ["that talks ended"])


def test_who_was_quoted_as_saying_is_the_speaker() -> None:
    a = parse("""
        Gil PROPN nsubj:pass 3
        was:be AUX aux:pass 3
        quoted:quote VERB root 0
        as SCONJ mark 5
        saying:say VERB advcl 3 VerbForm=Ger
        talks NOUN nsubj 7
        ended:end VERB ccomp 5
        +. PUNCT punct 3
    """)
    s = only(read_statements(a, cast_of(a, {"Gil": "person"}), []))
    assert (s.speaker, words(a, s.content)) == ("a-Gil", ["talks ended"])


def test_the_official_who_asked_not_to_be_named_is_anonymous_all_through() -> None:
    wish = """
        An DET det 2
        official NOUN nsubj 10
        who PRON nsubj 4
        asked:ask VERB acl:relcl 2
        not PART advmod 7
        to PART mark 7
        be AUX aux:pass 7
        named:name VERB xcomp 4
        +, PUNCT punct 4
        said:say VERB root 0
        ten NUM nsubj 12
        died:die VERB ccomp 10
        +. PUNCT punct 10
    """
    later = """
        He PRON nsubj 2
        added:add VERB root 0
        that SCONJ mark 5
        two NUM nsubj 5
        fled:flee VERB ccomp 2
        +. PUNCT punct 2
    """
    a = parse(wish, later)
    first, second = read_statements(a, cast_of(a, {"official": "person"}, {"he": "official"}), [])
    assert (first.standing, second.standing) == ("anonymous", "anonymous")
    assert words(a, first.source) == ["An official"]


def test_he_added_carries_channel_and_date_over() -> None:
    said = """
        Rosa PROPN nsubj 2
        said:say VERB root 0
        in ADP case 5
        a DET det 5
        statement NOUN obl 2
        Friday PROPN obl:unmarked 2
        that SCONJ mark 9
        talks NOUN nsubj 9
        ended:end VERB ccomp 2
        +. PUNCT punct 2
    """
    added = """
        She PRON nsubj 2
        added:add VERB root 0
        that SCONJ mark 5
        two NUM nsubj 5
        fled:flee VERB ccomp 2
        +. PUNCT punct 2
    """
    a = parse(said, added)
    times = [Time("t1", a.tokens[5].start, a.tokens[5].end, "DATE", "2031-05-09")]
    first, second = read_statements(a, cast_of(a, {"Rosa": "person"}, {"she": "Rosa"}), times)
    assert (first.channel, first.when) == (second.channel, second.when) == ("statement", "2031-05-09")


def test_a_tag_is_read_from_word_order_where_the_tree_is_wrong() -> None:
    a = parse("""
        The DET det 2
        two NUM nsubj:pass 4
        were:be AUX aux:pass 4
        moved:move VERB root 0
        to ADP case 6
        Lima PROPN obl 4
        +, PUNCT punct 4
        local ADJ amod 9
        agencies:agency NOUN nsubj:pass 4
        said:say VERB conj 4
        in ADP case 13
        a DET det 13
        bulletin NOUN obl 4
        +. PUNCT punct 4
    """)
    s = only(read_statements(a, cast_of(a, {"agencies": "group"}), []))
    assert (s.speaker, words(a, s.source), words(a, s.content)) == ("a-agencies", ["local agencies"], ["The two were moved to Lima"])
    assert (s.standing, s.channel) == ("institution", "bulletin")


def test_a_second_verb_behind_a_comma_goes_with_the_first_one() -> None:
    a = parse("""
        Rosa PROPN nsubj 2
        announced:announce VERB root 0
        that SCONJ mark 5
        two NUM nsubj 5
        fled:flee VERB ccomp 2
        +, PUNCT punct 8
        and CCONJ cc 8
        declared:declare VERB conj 5
        that SCONJ mark 11
        it PRON nsubj 11
        ended:end VERB ccomp 8
        +. PUNCT punct 2
    """)
    first, second = read_statements(a, cast_of(a, {"Rosa": "person"}), [])
    assert (words(a, first.content), words(a, second.content)) == (["that two fled"], ["that it ended"])
    assert second.speaker == "a-Rosa"


def test_words_told_to_reporters_have_them_as_channel_and_believing_wants_an_actor() -> None:
    told = """
        Rosa PROPN nsubj 2
        told:tell VERB root 0
        reporters:reporter NOUN obj 2
        that SCONJ mark 6
        talks NOUN nsubj 6
        ended:end VERB ccomp 2
        +. PUNCT punct 2
    """
    figures = """
        Figures:figure NOUN nsubj 2
        suggest VERB root 0
        that SCONJ mark 5
        prices:price NOUN nsubj 5
        fell:fall VERB ccomp 2
        +. PUNCT punct 2
    """
    a = parse(told, figures)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.channel, s.speaker) == ("reporters", "a-Rosa")


def test_a_name_and_a_colon_introduce_a_quotation() -> None:
    a = parse("""
        Rosa PROPN root 0
        +: PUNCT punct 1
        “ PUNCT punct 6
        +We PRON nsubj 6
        will AUX aux 6
        stay VERB parataxis 1
        here ADV advmod 6
        +.” PUNCT punct 6
    """)
    s = only(read_statements(a, cast_of(a, {"Rosa": "person"}), []))
    assert (s.speaker, s.mode, words(a, s.cue), words(a, s.content)) == (
        "a-Rosa",
        "direct",
        [":"],
        ["We will stay here."],
    )


def test_nothing_comes_of_nothing() -> None:
    assert read_statements(Annotations("", [], []), Cast(), []) == []
    a = parse("Said:say VERB root 0")
    assert read_statements(a, Cast(), []) == []


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We stay," he said. "They go."', ["We stay,", "They go."]),
        ("``We stay,'' he said.", ["We stay,"]),
        ("“We stay,” he said.", ["We stay,"]),
        ("'We stay,' he said, 'and it's good.'", ["We stay,", "and it's good."]),
        ("The miners' union said 'never' twice.", ["never"]),
        ('A 6\'2" guard said "no".', ["no"]),
        ("“He called it ‘a trap’ twice.”", ["He called it ‘a trap’ twice.", "a trap"]),
        ('"One.\n\n"Two."', ["One.", "Two."]),
        ('"One.\n\nTwo," he said. "Three."', ["One.", "Two,", "Three."]),
        ('"Lost mark. "Found one." Done.', ["Found one."]),
        ("", []),
        ('"', []),
    ],
)
def test_quotations_of_every_hand(text: str, inner: list[str]) -> None:
    assert [text[q.inner.start : q.inner.end] for q in find_quotations(text)] == inner


def test_marks_without_end_cost_no_more_than_their_length() -> None:
    assert len(find_quotations('"a ' * 20000)) <= 20000
    assert find_quotations("'" * 20000) == []


def test_the_lexicon_knows_the_common_words() -> None:
    known = reporting_words()
    assert len(known.frames) > 300
    assert {"say", "announce", "deny", "accuse", "promise", "demand", "threaten", "tweet"} <= set(known.frames)
    assert {"claim", "assertion", "allegation"} <= known.speech
    assert "say" not in known.actor_only
    assert "believe" in known.actor_only
