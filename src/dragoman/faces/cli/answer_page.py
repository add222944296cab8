"""An answer about a case as a page for a terminal: id and status in the margin, the text beside them.

The page is as wide as the terminal (100 columns at most) and plain when it goes to a file or a pipe.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.text import Text

from dragoman.faces.cli.answers import Answer, Block, Point, Sentence
from dragoman.faces.cli.terminal import NARROW, WIDEST, Hanging, draws_symbols
from dragoman.reading.wording import one_line, printable

_MARGIN = 22
_ID = 6


def print_answer(answer: Answer, console: Console) -> None:
    """Prints the whole page; the console decides on width and colour."""
    width = min(console.width, WIDEST)
    for part in _Page(answer, width, draws_symbols(console)).parts():
        console.print(part, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


class _Page:
    def __init__(self, answer: Answer, width: int, symbols: bool) -> None:
        self.answer = answer
        self.width = width
        self.symbols = symbols

    def parts(self) -> Iterator[RenderableType]:
        """The parts of the page, top to bottom."""
        yield Rule(style="dim", characters="━" if self.symbols else "=")
        yield Text(one_line(self.answer.title), style="bold")
        yield Text(self.dotted(self.answer.source), style="dim")
        if self.answer.is_empty:
            yield Text()
            yield Text(one_line(self.answer.empty), style="dim")
        for section in self.answer.sections:
            if section.blocks:
                yield from self.heading(section.heading)
            for block in section.blocks:
                yield from self.block(block)
        if self.answer.footer:
            yield Text()
            yield Text(one_line(self.answer.footer), style="dim")

    def heading(self, words: str) -> Iterator[RenderableType]:
        """A line with the heading, or a blank one where there is none."""
        yield Text()
        if words:
            yield Rule(Text(one_line(words), style="bold"), align="left", style="dim", characters="─" if self.symbols else "-")

    def block(self, block: Block) -> Iterator[RenderableType]:
        """One item: the margin, then its lines, then its points."""
        margin = Text.assemble((f" {one_line(block.id)}".ljust(_ID), "dim"), " ", (self.drawn(block.mark), block.style))
        lines = [Text(self.drawn(one_line(block.title)), style="bold")]
        if block.sentence:
            lines.append(self.marked(block.sentence))
        if block.about:
            lines.append(Text(self.dotted(block.about), style="dim"))
        wide = self.width >= NARROW and bool(block.mark)
        indent = _MARGIN if wide else max(_ID + 1, len(block.id) + 2)
        if block.mark and not wide:
            yield margin
            margin = Text()
        yield Hanging(margin, Text("\n").join(lines), indent)
        for point in block.points:
            yield Hanging(Text(" " * (indent - 2) + ("– " if self.symbols else "- "), style="dim"), self.point(point), indent)

    def point(self, point: Point) -> Text:
        """A line below a block."""
        label = Text.assemble((f"{one_line(point.label)}  ", "cyan")) if point.label else Text()
        source = Text(f"  [{self.drawn(one_line(point.source))}]", style="dim") if point.source else Text()
        return Text.assemble(label, self.marked(point.sentence), source)

    def marked(self, sentence: Sentence) -> Text:
        """A sentence with the words that matter underlined."""
        before, marked, after = (printable(part).replace("\n", " ") for part in sentence)
        return Text.assemble(before, (marked, "bold underline"), after)

    def dotted(self, words: tuple[str, ...]) -> str:
        """Words with a dot between them."""
        return (" · " if self.symbols else " | ").join(map(one_line, words))

    def drawn(self, words: str) -> str:
        """The words, with arrows and dots that the output can show."""
        return words if self.symbols else words.replace("→", "->").replace("·", "|")
