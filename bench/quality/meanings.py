"""What each number of the gate tells, in words, and what it is measured on: for tables that people read.

A number that is not here stands in the tables under its bare name, so that none is hidden; a test holds the floors to this list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Numbers over the same data. `seen`: whether anybody looked at the texts while rules were written or weights trained."""

    title: str
    seen: str
    numbers: Mapping[str, str]


def _reading(half: str) -> dict[str, str]:
    told = {
        "precision": "events that are right in type, of those given",
        "recall": "core events found, of those there are",
        "events": "events with the right type, F1",
        "full": "events with every field right, F1",
        "status": "status right, of the events found",
        "initiators": "initiators right, of the events found",
        "recipients": "recipients right, of the events found",
        "time": "time right, of the events found",
        "claimant": "source of the claim right, of the events found",
        "statements": "statements found, F1",
        "statements_full": "statements with every field right, F1",
        "times": "times with the right value, F1",
        "figures": "figures found, of those there are",
    }
    return {f"gold.{half}.{name}": meaning for name, meaning in told.items()}


def _syntax(name: str) -> dict[str, str]:
    told = {
        "LAS": "words with the right head and relation, per cent, gold words",
        "UAS": "words with the right head, per cent",
        "UPOS": "parts of speech, per cent",
        "FEATS": "morphological features, per cent",
        "LEMMA": "lemmas, per cent",
        "sentences": "sentences of raw text, F1",
        "words": "words of raw text, F1",
    }
    return {f"{name}.{measure}": meaning for measure, meaning in told.items()}


def _case(name: str) -> dict[str, str]:
    told = {
        "facts": "facts that the case holds",
        "facts_whole": "the same with the other side right, too",
        "disputes": "disputes, of the 8 told most",
        "disputes_all": "disputes, all",
        "commitments": "commitments, of the 10 told most",
        "commitments_all": "commitments, all",
        "commitments_state": "commitments with the right state, all",
        "processes": "processes that have a thread",
        "processes_state": "processes whose thread rests its state on a right sentence",
    }
    return {f"{name}.{measure}": meaning for measure, meaning in told.items()}


GROUPS = (
    Group("Trees and words, UD English EWT, development part", "not trained on", _syntax("ewt")),
    Group("Trees and words, UD English GUM, development part", "not trained on", _syntax("gum")),
    Group(
        "Sentences and names",
        "not trained on",
        {
            "wire.sentences": "sentences of 40 wire reports marked by an AI helper, F1",
            "uner_ewt.F1": "names of UNER EWT dev, raw text, F1",
            "gmb_news.F1": "names of a tenth of GMB news against their usual kinds, F1",
            "gmb_news.F1.as_marked": "the same as GMB marks them, F1",
        },
    ),
    Group("Readings of wire reports made by hand, unseen half", "nobody who tunes looks at them", _reading("unseen")),
    Group("How far `confidence` can be trusted", "unseen half", {"gold.unseen.calibration": "1 less the calibration error"}),
    Group("Readings of wire reports made by hand, half to learn from", "rules were mended on them", _reading("tuning")),
    Group(
        "One long reading made by hand (Chechnya)",
        "looked at while rules were written",
        {
            "chechnya.headline": "the scorer's headline",
            "chechnya.events": "events, F1",
            "chechnya.events_full": "events with every field right, F1",
            "chechnya.statements_full": "statements with every field right, F1",
            "chechnya.times": "times, F1",
            "chechnya.figures": "figures found",
            "chechnya.actors": "actors found",
        },
    ),
    Group(
        "Times, half of TimeBank and AQUAINT",
        "the other half was tuned on",
        {
            "time.value_F1.untuned_half": "value F1 (TempEval-3), the half not tuned on",
            "time.value_F1": "value F1, both halves",
        },
    ),
    Group(
        "Attribution, PolNeAR, development part",
        "nobody looks at its texts",
        {
            "polnear.whole.half": "source, cue and content each at least half right, F1",
            "polnear.content.exact": "contents with exact edges, F1",
            "polnear.token.all": "tokens of sources, cues and contents, F1",
        },
    ),
    Group(
        "Figures marked by hand",
        "each half as it says",
        {
            "figures.unseen.value_f1": "span and value right, F1, unseen half",
            "figures.unseen.of": "what is counted, unseen half",
            "figures.tuning.value_f1": "span and value right, F1, half to learn from",
            "figures.tuning.of": "what is counted, half to learn from",
        },
    ),
    Group(
        "Factuality",
        "the table of values was fitted on UDS train",
        {
            "uds.dev.r": "UDS dev: Pearson's r with what people said",
            "uds.dev.MAE_below_constant": "UDS dev: mean absolute error below that of the best constant",
            "meantime.r": "MEANTIME: Pearson's r",
        },
    ),
    Group(
        "Actors coded, spans of the PLV corpus",
        "the half not tuned on",
        {
            "actors.country": "country right",
            "actors.sectors.F1": "sectors, F1",
            "actors.both": "both right",
        },
    ),
    Group(
        "Who is meant: coreference, OntoGUM, development part",
        "not tuned on",
        {
            "coref.ontogum.conll": "all clusters, CoNLL F1 (we read actors only)",
            "coref.actors.conll": "clusters of actors, CoNLL F1",
            "coref.actors.heads.conll": "the same, phrases matched by their head",
            "coref.pronouns": "pronouns given to the right one, of those given to somebody",
            "coref.pronouns.coverage": "pronouns given to somebody",
        },
    ),
    Group(
        "What belongs together across reports",
        "as the names say; rules were tuned on training parts",
        {
            "ecb_events_conll": "one act told in several reports, ECB+ dev, CoNLL F1, per cent",
            "ecb_stories_b_cubed": "stories, ECB+ dev, B-cubed F1",
            "meantime_actors_b_cubed": "actors across reports, MEANTIME, B-cubed F1",
            "copies_found": "made copies of a text that are found",
            "independent_kept_apart": "independent reports that are not taken for copies",
        },
    ),
    Group("A crisis of 22 reports against what a person wrote down before (Zaire)", "rules were mended on it", _case("case")),
    Group("A second crisis, of 21 reports", "held out, but seen by whoever mended disputes", _case("case.held_out")),
    Group("A third crisis", "held out; read by a person who never ran dragoman", _case("case.held_out2")),
)
