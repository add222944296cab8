from dragoman.language.annotations import Annotations, Name, Sentence, Token
from dragoman.text.report import Span

TEXT = "Police arrested two men"


def made() -> Annotations:
    rows = [("Police", 0, 6, 1, "nsubj"), ("arrested", 7, 15, -1, "root"), ("two", 16, 19, 3, "nummod"), ("men", 20, 23, 1, "obj")]
    tokens = [Token(i, a, b, form, form.lower(), "X", {}, head, relation, 0) for i, (form, a, b, head, relation) in enumerate(rows)]
    return Annotations(TEXT, tokens, [Sentence(0, 0, 23, 0, 4, 0)], [Name(0, 6, 0, 1, "ORGANIZATION", 0.9)])


def test_the_tree_is_walked_both_ways() -> None:
    a = made()
    arrested = a.root(a.sentences[0])
    assert [t.text for t in a.children(arrested)] == ["Police", "men"]
    assert [t.text for t in a.children(arrested, "obj", "nsubj")] == ["Police", "men"]
    assert a.child(arrested, "obl") is None
    assert [t.text for t in a.ancestors(a.tokens[2])] == ["men", "arrested"]
    assert [t.text for t in a.subtree(a.tokens[3])] == ["two", "men"]
    assert [t.text for t in a.subtree(arrested, without=("obj",))] == ["Police", "arrested"]
    assert a.head(arrested) is None


def test_spans_find_their_tokens() -> None:
    a = made()
    assert [t.text for t in a.tokens_in(Span(5, 8))] == ["Police", "arrested"]
    assert [t.text for t in a.tokens_in(Span(6, 7))] == []
    assert [t.text for t in a.tokens_in(Span(0, 23))] == ["Police", "arrested", "two", "men"]
    assert a.tokens_in(Span(40, 50)) == []
    assert a.span_of(a.tokens_in(Span(16, 23))) == Span(16, 23)
    assert a.name_at(a.tokens[0]) is a.names[0]
    assert a.name_at(a.tokens[1]) is None


def test_other_names_leave_the_tree_as_it_is() -> None:
    a = made()
    other = a.with_names([Name(20, 23, 3, 4, "PERSON", 0.9)])
    assert other.name_at(a.tokens[0]) is None and a.name_at(a.tokens[0]) is a.names[0]
    assert other.name_at(a.tokens[3]) is other.names[0]
    assert other.children(a.tokens[1]) == a.children(a.tokens[1]) and other.tokens_in(Span(16, 23)) == a.tokens_in(Span(16, 23))


def test_a_token_knows_its_text_in_lower_case() -> None:
    assert Token(0, 0, 5, "Isn\u2019T", "be", "AUX", {}, -1, "root", 0).lower == "isn't"
