"""The known lemmas that `dragoman.language.lemmas` goes by, counted from the training treebanks."""

from __future__ import annotations

from training.conllu import read_documents
from training.data import DATA, free_gum_documents

UPOS = ("ADJ", "NOUN", "VERB")


def known_lemmas() -> dict[str, list[str]]:
    """The lemmas of each part of speech, of EWT and of the GUM documents that are free for commercial use."""
    found: dict[str, set[str]] = {upos: set() for upos in UPOS}
    free = free_gum_documents()
    for path in (DATA / "syntax" / "en_ewt-ud-train.conllu.gz", DATA / "syntax" / "en_gum-ud-train.conllu.gz"):
        for document in read_documents(path):
            if "gum" in path.name and document.id not in free:
                continue
            for word in (word for sentence in document.sentences for word in sentence.words):
                if word.upos in UPOS and word.lemma.islower() and word.form.isalpha():
                    found[word.upos].add(word.lemma)
    return {upos: sorted(lemmas) for upos, lemmas in found.items()}
