"""Every kind of time expression that the reader promises, in made-up sentences, read against Saturday 2026-01-10."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman.reading.times.builder import RULES, read_times
from tests.reading.act_trees import tree
from tests.reading.plain_text import plain

SATURDAY = date(2026, 1, 10)


def found(text: str, published: date | None = SATURDAY) -> list[tuple[str, str, str | None]]:
    return [(text[t.start : t.end], t.type, t.value) for t in read_times(plain(text), published)]


def values(text: str, published: date | None = SATURDAY) -> list[str | None]:
    return [value for _, _, value in found(text, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The envoy landed on Wednesday.", "2026-01-07"),
        ("The envoy will land on Wednesday.", "2026-01-14"),
        ("The mayor will also be elected on Sunday.", "2026-01-11"),
        ("The ferry sank late Sunday off Tarvo.", "2026-01-04"),
        ("The court extended the curfew until 9 a.m. Tuesday.", "2026-01-13T09:00"),
        ("The union will appeal Monday's ruling.", "2026-01-05"),
        ("The union will attend Monday's hearing.", "2026-01-12"),
        ("The rebels met the previous Monday.", "2026-01-05"),
        ("The two sides meet this coming Thursday.", "2026-01-15"),
    ],
)
def test_a_weekday_follows_tense_and_report_date(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("They PRON nsubj 2|signed:sign VERB root 0 Tense=Past|an DET det 4|agreement NOUN obj 2|to PART mark 6|buy VERB acl 4 VerbForm=Inf"
         "|mills:mill NOUN obj 6|in ADP case 9|May PROPN obl 6", "2026-05"),
        ("They PRON nsubj 2|made:make VERB root 0 Tense=Past|an DET det 4|attempt NOUN obj 2|to PART mark 6|buy VERB acl 4 VerbForm=Inf"
         "|mills:mill NOUN obj 6|in ADP case 9|May PROPN obl 6", "2025-05"),
        ("They PRON nsubj 2|threaten VERB root 0 Tense=Pres VerbForm=Fin|to PART mark 4|shut VERB xcomp 2 VerbForm=Inf"
         "|mills:mill NOUN obj 4|by ADP case 7|May PROPN obl 4", "2026-05"),
        ("Fears:fear NOUN nsubj 2|grew:grow VERB root 0 Tense=Past|about ADP case 5|the DET det 5|rally NOUN obl 2"
         "|on ADP case 7|Monday PROPN nmod 5", "2026-01-05"),
        ("Fears:fear NOUN nsubj 2|grew:grow VERB root 0 Tense=Past|about ADP case 5|planned ADJ amod 5|rallies:rally NOUN obl 2"
         "|on ADP case 7|Monday PROPN nmod 5", "2026-01-12"),
    ],
)  # fmt: skip
def test_what_governs_a_time_tells_whether_it_is_to_come(sentence: str, value: str) -> None:
    assert [t.value for t in read_times(tree(sentence), SATURDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Profits rose in the third quarter.", "the third quarter", "2025-Q3"),
        ("Profits rose in the third quarter of last year.", "the third quarter of last year", "2025-Q3"),
        ("Profits rose in the third quarter of fiscal 2004.", "the third quarter of fiscal 2004", "2004-Q3"),
        ("Its first-half profit rose.", "first-half", "2026-H1"),
        ("Profits rose in the latest quarter.", "the latest quarter", "2025-Q4"),
        ("Profits rose in the year-ago quarter.", "the year-ago quarter", "2024-Q4"),
        ("Sales fell in fiscal 2008.", "fiscal 2008", "2008"),
        ("Sales fell in the 2008 fiscal year.", "2008 fiscal year", "2008"),
        ("Sales fell in the fiscal year.", "the fiscal year", "2026"),
        ("Sales fell in the last financial year.", "the last financial year", "2025"),
        ("Sales fell for the year.", "the year", "2026"),
        ("Sales fell for the rest of the year.", "the rest of the year", "2026"),
        ("Sales fell from early in the year.", "early in the year", "2026"),
        ("Sales close around year-end.", "around year-end", "2026-12-31"),
        ("Sales fell the prior week.", "the prior week", "2026-W01"),
        ("Crude rose for May delivery.", "May", "2026-05"),
        ("The fort fell in the winter of 1943.", "the winter of 1943", "1943-WI"),
        ("The fort fell last summer.", "last summer", "2025-SU"),
        ("The fort fell in the late '80s.", "the late '80s", "198X"),
        ("The fort fell in the sixties.", "the sixties", "196X"),
        ("The fort fell in nineteen ninety-six.", "nineteen ninety-six", "1996"),
        ("The fort fell in the year two thousand and four.", "the year two thousand and four", "2004"),
        ("The fort has stood since 1991.", "1991", "1991"),
        ("The post-1959 rules are gone.", "post-1959", "1959"),
    ],
)
def test_quarters_years_seasons_and_decades(text: str, span: str, value: str) -> None:
    assert found(text) == [(span, "DATE", value)]


def test_a_year_earlier_is_the_same_quarter_where_quarters_are_compared() -> None:
    text = "In the third quarter ended Sept. 30 it lost 5 million crowns, against 2 million a year earlier."
    assert values(text) == ["2025-Q3", "2025-09-30", "2024-Q3"]
    assert values("In the third quarter it did well. It had a loss of 2 million a year ago.") == ["2025-Q3", "2024-Q3"]
    assert values("In the third quarter it did well. It was founded a year ago.") == ["2025-Q3", "2025"]
    assert values("The fort fell in 1996. A year earlier it had held out.") == ["1996", "1995"]


def test_document_internal_anchors() -> None:
    text = "On May 4, 1999 the bridge fell. The same day a ferry sank. Two days earlier it had rained. Three days later it was rebuilt."
    assert values(text) == ["1999-05-04", "1999-05-04", "1999-05-02", "1999-05-05"]
    assert values("On May 4, 1999 they met. They had quarrelled the day before.") == ["1999-05-04", "1999-05-03"]
    assert values("In March 1999 they met. That year was dry, the following year was wet.") == ["1999-03", "1999", "2000"]
    assert values("They quarrelled the day before the vote.") == []


@pytest.mark.parametrize(
    ("text", "span", "kind", "value"),
    [
        ("The 21-month war ended.", "21-month", "DURATION", "P21M"),
        ("In the nine months it earned little.", "the nine months", "DURATION", "P9M"),
        ("It ruled for almost two years.", "almost two years", "DURATION", "P2Y"),
        ("It ruled for more than a decade.", "more than a decade", "DURATION", "P10Y"),
        ("It closes in the next year or so.", "the next year or so", "DURATION", "P1Y"),
        ("It fell over a three-year period.", "a three-year period", "DURATION", "P3Y"),
        ("It died within weeks or months.", "weeks or months", "DURATION", "PXW"),
        ("It stood for hundreds of years.", "hundreds of years", "DURATION", "PXY"),
        ("It took a half-hour.", "a half-hour", "DURATION", "PT30M"),
        ("It was a weeklong siege.", "weeklong", "DURATION", "P1W"),
        ("It ended in the past hour.", "the past hour", "DURATION", "PT1H"),
        ("It lasted one hundred and twenty days.", "one hundred and twenty days", "DURATION", "P120D"),
        ("They march every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("They march on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
        ("They march twice a week.", "twice a week", "SET", "P1W"),
        ("They march three times a year.", "three times a year", "SET", "P1Y"),
        ("Some 200 are sent back, six a day.", "a day", "SET", "P1D"),
        ("It takes 5,000 visitors a month.", "a month", "SET", "P1M"),
        ("He has now left.", "now", "DATE", "PRESENT_REF"),
        ("Now that he has left, it rains.", "Now", "DATE", "PRESENT_REF"),
        ("He recently left.", "recently", "DATE", "PAST_REF"),
        ("He left years ago.", "years ago", "DATE", "PAST_REF"),
        ("He told of recent raids.", "recent", "DATE", "PAST_REF"),
        ("He will soon leave.", "soon", "DATE", "FUTURE_REF"),
        ("He left nearly four years ago.", "nearly four years ago", "DATE", "2022"),
    ],
)
def test_lengths_sets_and_references(text: str, span: str, kind: str, value: str) -> None:
    assert found(text) == [(span, kind, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It met on May 3, 4 and 5, 1999.", ["1999-05-03", "1999-05-04", "1999-05-05"]),
        ("It met from 28 May to 2 June 1999.", ["1999-05-28", "1999-06-02"]),
        ("It rained from July to September 1991.", ["1991-07", "1991-09"]),
        ("It rained from December to February 1991.", ["1990-12", "1991-02"]),
        ("It rained in the 1960s, 70s and 80s.", ["196X", "197X", "198X"]),
        ("It opens from 8 to 10:30 p.m. on Friday.", ["2026-01-09T20:00", "2026-01-09T22:30"]),
        ("It opens between 11 and 1 p.m. today.", ["2026-01-10T11:00", "2026-01-10T13:00"]),
    ],
)
def test_ranges_and_lists(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("It struck at 4 p.m. EST.", "4 p.m. EST", "2026-01-10T16:00"),
        ("It struck at 10:30 p.m. Lima time.", "10:30 p.m. Lima time", "2026-01-10T22:30"),
        ("It struck at 0600 GMT.", "0600 GMT", "2026-01-10T06:00Z"),
        ("It struck at 4 in the morning.", "4 in the morning", "2026-01-10T04:00"),
        ("It struck at eleven o'clock at night.", "eleven o'clock at night", "2026-01-10T23:00"),
        ("It struck by mid-afternoon.", "mid-afternoon", "2026-01-10TAF"),
        ("It struck in the late morning yesterday.", "late morning yesterday", "2026-01-09TMO"),
        ("It struck on the night of January 3.", "the night of January 3", "2026-01-03TNI"),
        ("It struck the night before.", "the night before", "2026-01-09TNI"),
    ],
)
def test_hours_zones_and_parts_of_the_day(text: str, span: str, value: str) -> None:
    assert found(text) == [(span, "TIME", value)]


def test_the_day_of_greenwich_is_not_the_day_of_the_place() -> None:
    assert values("The quake came on Friday at 8:30 a.m. (2330 GMT Thursday).") == [
        "2026-01-09",
        "2026-01-09T08:30",
        "2026-01-08T23:30Z",
    ]
    assert values("It opens at 4 in the morning (4 a.m. EDT Thursday).") == ["2026-01-08T04:00", "2026-01-08T04:00"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on January 23 next year.", "2027-01-23"),
        ("It fell after the August-17 blasts.", "2025-08-17"),
        ("It fell after the March 13 attack.", "2025-03-13"),
        ("It fell on June 26.", "2025-06-26"),
        ("It fell on February eleventh, 1998.", "1998-02-11"),
        ("It fell on the twenty-first of May 1998.", "1998-05-21"),
        ("It fell on 23/11/98.", "1998-11-23"),
        ("It fell on Labor Day 1998.", "1998-09-07"),
        ("It fell on Thanksgiving 1999.", "1999-11-25"),
    ],
)
def test_days_of_the_month(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "A 52-year-old potter, a woman aged 20 years, boys of six years of age.",
        "The blast killed 4 in the evening crowd.",
        "He was named man of the year.",
        "It is only a matter of days.",
        "For now it holds, and from now on too.",
        "He was soon freed.",
        "He is paid as soon as he asks.",
        'The show "This Week" had him on.',
        "The side led after a first-half goal.",
        "The side won the last quarter-final.",
        "The bank of the past half-mile.",
        "The Tarvo post-mortem found 1,950 pages.",
    ],
)
def test_ages_idioms_and_titles_are_no_times(text: str) -> None:
    assert found(text) == []


def test_a_rule_is_tried_only_where_its_words_stand() -> None:
    rules = {rule.name: rule for rule in RULES}
    assert len(rules) == len(RULES)
    lacking = {needed for needed in rules["century"].needs if needed.isdisjoint(["the", "17", "th", "hour"])}
    assert lacking and not list(rules["century"].matches("the 17 th hour", 0, 14, lacking))
    assert "pattern" not in rules["century"].__dict__ or rules["century"].pattern.pattern.endswith(r"(?!\S)")


def test_many_numbers_and_units_take_no_long() -> None:
    for piece in ("one hundred and ", "the last ", "3 , ", "May 3 , 4 , ", "twenty - ", "at 4 : 30 ", "last year ' s "):
        read_times(plain(piece * 2000), SATURDAY)


def test_the_example_of_the_method_page_is_what_the_reader_does() -> None:
    page = (Path(__file__).parents[2] / "docs" / "method" / "times.md").read_text("utf-8")
    text = page.split("<!-- example -->\n> ")[1].split("\n")[0]
    rows = page.split("<!-- times -->\n")[1].split("\n\n")[0].splitlines()[2:]
    assert [f"| {span} | {kind} | {value} |" for span, kind, value in found(text)] == rows


def test_days_that_name_neither_month_nor_year() -> None:
    assert values("On May 3 they met, until the 14th. He fell from the 5th floor.") == ["2026-05-03", "2026-05-14"]
    assert values("It grew in the last quarter.") == ["2025-Q4"]
    assert values("Sales rose by midyear.") == ["2026"]
