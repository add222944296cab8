"""The chronology as a picture: shapes told apart by form, numbers where there are many, nothing lost at the edges."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from dragoman.faces.web.lanes import Axis, Dot, Lane, days_per_column, picture
from dragoman.faces.web.ranges import Range, chart
from dragoman.faces.web.shapes import LEGEND, drawn
from dragoman.reading.plover import STATUSES

DAY = date(2026, 1, 10)
AXIS = Axis(DAY, DAY + timedelta(days=20), DAY + timedelta(days=15))


def dot(day: int, lane: str = "T1", status: str = "occurred", count: int = 1) -> Dot:
    return Dot(DAY + timedelta(days=day), lane, status, f"{status} <{day}>", f"#E{day}", count)  # type: ignore[arg-type]


def shapes(svg: str) -> list[str]:
    """The labels of all shapes."""
    return re.findall(r'class="shape \w+"[^>]*><title>([^<]*)</title>', svg)


def test_each_status_has_a_form_of_its_own() -> None:
    assert len({drawn(status) for status in STATUSES}) == len(STATUSES)
    without_colour = {re.sub(r'class="(full|hollow)"', r"\1", drawn(status)) for status in STATUSES}
    assert len(without_colour) == len(STATUSES) == len(LEGEND)


def test_every_dot_is_drawn_once() -> None:
    svg = picture([dot(0), dot(0, status="denied"), dot(20), dot(3, "T2")], [Lane("T1", "First"), Lane("T2", "Second & last")], AXIS)
    assert sorted(shapes(svg)) == ["denied &lt;0&gt;", "occurred &lt;0&gt;", "occurred &lt;20&gt;", "occurred &lt;3&gt;"]
    ElementTree.fromstring(svg)


def test_what_lies_outside_the_days_has_columns_of_its_own() -> None:
    svg = picture([dot(-400), dot(5), dot(900)], [Lane("T1", "First")], AXIS)
    assert len(shapes(svg)) == 3
    assert ">earlier<" in svg and ">later<" in svg


def test_many_on_a_day_become_a_number_for_each_status() -> None:
    dots = [dot(1) for _ in range(300)] + [dot(1, status="planned") for _ in range(40)]
    svg = picture(dots, [Lane("T1", "First")], AXIS)
    assert sorted(shapes(svg)) == ["300 occurred", "40 planned"]
    assert ">300</text>" in svg


def test_thousands_of_days_stay_a_small_picture() -> None:
    axis = Axis(DAY, DAY + timedelta(days=4000))
    dots = [dot(day, f"T{day % 9}", count=7) for day in range(4000)]
    svg = picture(dots, [Lane(f"T{n}", f"Lane {n}") for n in range(9)], axis)
    assert len(svg) < 300_000
    assert days_per_column(axis, dots) > 100
    assert sum(int(n) for n in re.findall(r'class="many"[^>]*>(\d+)<', svg)) == 28_000


def test_a_date_leads_to_the_chronology_from_then_on_but_not_beyond_today() -> None:
    axis = Axis(AXIS.first, AXIS.last, AXIS.today, lambda day: f"/chronology?since={day}&by=actor")
    svg = picture([dot(1)], [Lane("T1", "First")], axis)
    linked = re.findall(r"since=([\d-]+)&amp;by=actor", svg)
    assert linked[0] == "2026-01-10" and max(linked) <= "2026-01-25"
    assert "30 Jan" in svg


def test_ranges_open_ends_and_values_far_apart() -> None:
    claims = [
        Range("2026-01-10", 12, 12, "The Courier", "12 people", "c1"),
        Range("2026-01-11", 20, None, "<Islander>", "at least 20 people", "c2"),
        Range("", None, 90_000, "x" * 90, "up to 90,000 people", "c3"),
    ]
    svg = chart(claims, "F1")
    ElementTree.fromstring(svg)
    assert svg.count('class="arrow"') == 2
    assert "&lt;Islander&gt;" in svg and "x" * 90 in svg and svg.count('href="#F1-c') == 3
    assert "10,000" in svg and ">100<" in svg


def test_one_claim_needs_no_picture() -> None:
    assert chart([Range("2026-01-10", 12, 12, "The Courier", "12", "c1")], "F1") == ""


def test_equal_negative_and_endless_values_are_drawn() -> None:
    for low, high in ((0, 0), (-5, 3), (1e300, 1e305), (5, 5), (0.001, 0.002)):
        svg = chart([Range("", low, high, "a", "w", "c1"), Range("", low, high, "b", "w", "c2")], "F1")
        ElementTree.fromstring(svg)
        assert "nan" not in svg and "inf" not in svg
