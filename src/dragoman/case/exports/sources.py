"""The reports of a case as sources to cite: RIS and BibTeX, which reference managers read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dragoman.case.store.base import ReportRow
from dragoman.reading.wording import one_line

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_URL = ":/?#[]@!$&'()*+,;=%-._~"


def ris(rows: Iterable[ReportRow]) -> Iterator[str]:
    """One record of the type NEWS for each report."""
    for row in rows:
        known = (
            ("TI", row.title), ("T2", row.publisher), ("PY", row.published[:4]), ("DA", row.published.replace("-", "/")),
            ("LA", row.language), ("UR", _address(row.url)), ("AN", row.source_id), ("ID", _key(row)), ("N1", f"sha256 {row.id}"),
        )  # fmt: skip
        yield "TY  - NEWS\n" + "".join(f"{tag}  - {one_line(value)}\n" for tag, value in known if value) + "ER  - \n\n"


def bibtex(rows: Iterable[ReportRow]) -> Iterator[str]:
    """One entry of the type misc for each report; `date` is for biblatex, `year` for BibTeX."""
    for row in rows:
        known = (
            ("title", _tex(row.title)), ("howpublished", _tex(row.publisher)), ("year", row.published[:4]), ("date", row.published),
            ("langid", row.language), ("url", _address(row.url)), ("note", _tex(row.source_id)),
        )  # fmt: skip
        fields = "".join(
            f"  {name} = {{{{{value}}}}},\n" if name == "title" else f"  {name} = {{{value}}},\n" for name, value in known if value
        )
        yield f"@misc{{{_key(row)},\n{fields}}}\n\n"


def _key(row: ReportRow) -> str:
    return f"r{row.id[:16]}"


def _tex(text: str | None) -> str:
    return "".join(_TEX.get(letter, letter) for letter in one_line(text or ""))


def _address(url: str | None) -> str:
    """An address in which nothing can end the field that it stands in."""
    return quote(one_line(url or "").encode("utf-8", "replace"), safe=_URL)
