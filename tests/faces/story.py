"""A made-up report and its reading, built by hand: every status, nested statements, figures of all shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dragoman.reading.entries import Actor, Event, EventType, Figure, Reading, Statement, Status, Time, When
from dragoman.text.report import Report, Span

TEXT = """\
Harbour talks called off after a night of boardings

PORT LEMMON, Jan. 10 (Courier) - The Norland coast guard boarded three Sudmark fishing boats off Cape Ash on Friday, \
and at least 20 sailors were detained, the Norland defence ministry said.
President Ada Holm has cancelled next week's harbour talks with Sudmark, her spokesman told Radio Norland. "We shall \
answer every insult," the spokesman, Piet Zand, said.
A Sudmark official, who asked not to be named, said that Prime Minister Olu Berg had denied that any boat crossed the \
line. Sudmark will send a delegation to the International Maritime Court in March, the official added.
Berg demanded the release of the crews and threatened to close the Strait of Ash. Norland promised to free "up to 12" \
of the sailors by Sunday and to pay between 30 and 50 million crowns for the damaged nets.
Protests are continuing in Port Lemmon, where about 4,500 people marched on Thursday. If the strait were closed, \
Norland could send its fleet.
"""


@dataclass
class Story:
    """Builds entries from phrases of the text; a phrase that occurs twice is told apart by `nth`."""

    text: str = TEXT
    report: Report = field(default_factory=lambda: report())

    def span(self, phrase: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(phrase, start + 1)
        return Span(start, start + len(phrase))

    def sentence(self, span: Span) -> Span:
        start = max(self.text.rfind("\n", 0, span.start), self.text.rfind(". ", 0, span.start) + 1) + 1
        ends = [e for e in (self.text.find(". ", span.end), self.text.find(".\n", span.end)) if e >= 0]
        end = min(ends, default=len(self.text) - 1) + 1
        return Span(start, min(end, self.text.find("\n", span.end)))

    def event(self, number: int, kind: EventType, status: Status, trigger: str, **more: Any) -> Event:
        span = self.span(trigger, more.pop("nth", 0))
        cues = tuple(self.span(cue) for cue in more.pop("cues", ()))
        fields: dict[str, Any] = {
            "mode": None, "same_as": None, "initiators": (), "recipients": (), "place": None, "when": None,
            "according_to": (), "figures": (), "plover": kind, "confidence": 0.8,
        }  # fmt: skip
        return Event(
            f"e{number}",
            kind,
            trigger=span,
            sentence=self.sentence(span),
            status=status,
            cues=cues,
            **{**fields, **more},
        )

    def statement(self, number: int, speaker: str, source: str, cue: str, content: str, **more: Any) -> Statement:
        fields: dict[str, Any] = {"mode": "indirect", "standing": "institution", "channel": None, "when": None}
        spans = [tuple(self.span(p) for p in (phrase,) if p) for phrase in (source, cue, content)]
        return Statement(f"s{number}", speaker, spans[0], spans[1], spans[2], **{**fields, **more})

    def actor(self, number: int, name: str, kind: Any, country: str | None, *mentions: str, **more: Any) -> Actor:
        spans = tuple(sorted(self.span(mention) for mention in mentions))
        return Actor(f"a{number}", name, kind, country, more.get("sectors", ()), more.get("roles", ()), spans)

    def time(self, number: int, phrase: str, value: str | None) -> Time:
        span = self.span(phrase)
        return Time(f"t{number}", span.start, span.end, "DATE", value)

    def figure(self, number: int, phrase: str, low: float | None, high: float | None, unit: str, of: str, about: bool = False) -> Figure:
        span = self.span(phrase)
        return Figure(f"f{number}", span.start, span.end, low, high, unit, of, about)


def report() -> Report:
    return Report(
        TEXT,
        title="Harbour talks called off after a night of boardings",
        publisher="The Courier of Port Lemmon",
        published=date(2026, 1, 10),
        url="https://courier.example/harbour-talks",
        source_id="courier-17",
    )


def reading() -> Reading:
    """The reading that a careful person would make of the report."""
    s = Story()
    friday, thursday = When("2026-01-09", "2026-01-09"), When("2026-01-08", "2026-01-08", inferred=True)
    return Reading(
        s.report,
        actors=(
            s.actor(1, "Norland coast guard", "organization", "NOR", "Norland coast guard", sectors=("MIL",)),
            s.actor(2, "Norland defence ministry", "government", "NOR", "Norland defence ministry", sectors=("GOV",)),
            s.actor(3, "President Ada Holm", "person", None, "President Ada Holm", "her", roles=("President",)),
            s.actor(4, "Piet Zand", "person", None, "her spokesman", "the spokesman, Piet Zand", roles=("spokesman",)),
            s.actor(5, "A Sudmark official", "person", None, "A Sudmark official", "the official added"),
            s.actor(6, "Prime Minister Olu Berg", "person", None, "Prime Minister Olu Berg", roles=("Prime Minister",)),
            s.actor(7, "three Sudmark fishing boats", "group", None, "three Sudmark fishing boats", "the crews"),
            s.actor(8, "Sudmark", "country", None, "Sudmark will"),
            s.actor(9, "Norland", "country", None, "Norland promised"),
            s.actor(10, "people", "group", None, "people marched"),
        ),
        times=(
            s.time(1, "Friday", "2026-01-09"), s.time(2, "next week", "2026-W03"), s.time(3, "March", "2026-03"),
            s.time(4, "Sunday", "2026-01-11"), s.time(5, "Thursday", "2026-01-08"),
        ),
        figures=(
            s.figure(1, "at least 20 sailors", 20, None, "person", "sailors detained"),
            s.figure(2, "up to 12", None, 12, "person", "sailors"),
            s.figure(3, "between 30 and 50 million crowns", 30_000_000, 50_000_000, "crown", "damaged nets"),
            s.figure(4, "about 4,500 people", 4500, 4500, "person", "people", about=True),
        ),
        statements=(
            s.statement(
                1, "a2", "the Norland defence ministry", "said",
                "The Norland coast guard boarded three Sudmark fishing boats off Cape Ash on Friday, and at least 20 "
                "sailors were detained",
            ),
            s.statement(
                2, "a4", "her spokesman", "told",
                "President Ada Holm has cancelled next week's harbour talks with Sudmark",
                standing="unnamed", channel="Radio Norland",
            ),
            s.statement(
                3, "a4", "the spokesman, Piet Zand", "said.", "We shall answer every insult", mode="direct",
                standing="named",
            ),
            s.statement(
                4, "a5", "A Sudmark official", "said that",
                "Prime Minister Olu Berg had denied that any boat crossed the line", standing="anonymous",
            ),
            s.statement(
                5, "a6", "Prime Minister Olu Berg", "denied", "any boat crossed the line", standing="named",
                when="2026-01-09",
            ),
            s.statement(
                6, "a5", "the official", "added",
                "Sudmark will send a delegation to the International Maritime Court in March", standing="anonymous",
            ),
        ),
        events=(
            s.event(1, "COERCE", "occurred", "boardings", mode="seize", same_as="e2"),
            s.event(
                2, "COERCE", "occurred", "boarded", mode="seize", initiators=("a1",), recipients=("a7",),
                place="Cape Ash", when=friday, according_to=("s1",), confidence=0.93,
            ),
            s.event(
                3, "COERCE", "occurred", "detained", mode="arrest", initiators=("a1",), recipients=("a7",), when=friday,
                according_to=("s1",), figures=("f1",),
            ),
            s.event(
                4, "CONSULT", "cancelled", "harbour talks with", initiators=("a3", "a8"), cues=("cancelled",),
                when=When("2026-01-12", "2026-01-18"), according_to=("s2",), mode="meet",
            ),
            s.event(
                5, "COERCE", "denied", "crossed", initiators=("a7",), cues=("denied",), according_to=("s4", "s5"),
                confidence=0.41,
            ),
            s.event(
                6, "CONSULT", "planned", "send a delegation", initiators=("a8",), cues=("will",), mode="visit",
                when=When("2026-03", "2026-03"), according_to=("s6",),
            ),
            s.event(
                7, "RETREAT", "demanded", "release", mode="release", initiators=("a9",), recipients=("a7",),
                cues=("demanded",),
            ),
            s.event(
                8, "SANCTION", "threatened", "close", initiators=("a6",), cues=("threatened",), place="Strait of Ash",
            ),
            s.event(
                9, "RETREAT", "promised", "free", mode="release", initiators=("a9",), recipients=("a7",),
                cues=("promised",), when=When("2026-01-11", "2026-01-11"), figures=("f2",),
            ),
            s.event(10, "AID", "promised", "pay", initiators=("a9",), figures=("f3",), cues=()),
            s.event(11, "PROTEST", "ongoing", "continuing", initiators=("a10",), place="Port Lemmon"),
            s.event(12, "PROTEST", "occurred", "marched", initiators=("a10",), when=thursday, figures=("f4",)),
            s.event(13, "MOBILIZE", "hypothetical", "send its fleet", initiators=("a9",), cues=("could",)),
        ),
        notices=("the text names no year; dates are counted from the day of publication",),
    )  # fmt: skip


HOSTILE_TEXT = (
    "<script>alert(1)</script> \x1b[31mred\x1b[0m \u202egnirts\u202c said [click](javascript:alert(1)) **bold** "
    "`code` & <b>x</b> | pipe # head http://evil.example www.evil.example a@evil.example \x9b31m \ud800 \x00 </style>"
)


def hostile() -> Reading:
    """A reading whose every free text tries to break out of its page."""
    text = HOSTILE_TEXT
    evil = "<img src=x onerror=alert(1)>\x1b]0;title\x07\u202e\"'`*_[x](y)"
    whole = Span(0, len(text))
    return Reading(
        Report(text, title=evil, publisher=evil, url='javascript:alert("x")', source_id="../../../etc/passwd"),
        actors=(Actor("a1", evil, "person", None, (evil,), (evil,), (Span(0, 25), Span(10, 40))),),
        times=(Time("t1", 3, 30, "DATE", evil),),
        figures=(Figure("f1", 5, 20, 10**400, None, evil, evil, True),),
        statements=(
            Statement("s1", "a1", (Span(0, 30),), (Span(20, 60),), (whole,), "mixed", "named", evil, evil),
            Statement("s2", None, (), (), (Span(5, 90), Span(40, 100)), "direct", "anonymous", None, None),
        ),
        events=(
            Event(
                'e1"><script>', "ASSAULT", evil, Span(9, 14), whole, "denied", (Span(1, 12),), None, ("a1", "nobody"),
                ("a1",), evil, When(evil, evil), ("s1", "s2", "s9"), ("f1", "f9"), None, 0.2,
            ),
            Event(
                "e2", "AID", None, Span(9, 14), Span(40, 60), "occurred", (), "e2", (), (), None, None, (), (), None,
                1.0,
            ),
        ),
        notices=(evil,),
    )  # fmt: skip
