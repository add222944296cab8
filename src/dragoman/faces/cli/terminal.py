"""A reading as a page for a terminal: chronology first, then voices, figures, what is pending, and notices.

Status is told by a symbol and a word, with colour only on top; the page is as wide as the terminal (100 columns at
most) and plain when it goes to a file or a pipe. Every text comes printable from `reading.digest`, so that nothing in a
report reaches the terminal as an escape sequence.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.rule import Rule
from rich.text import Text

from dragoman.reading.digest import Act, Digest, Excerpt, Quantity, Saying, Voice, digest
from dragoman.reading.entries import Reading, Status
from dragoman.reading.wording import STATUS_WORDS, shortened

WIDEST = 100
NARROW = 60
_STATUS_COLUMN = 16
_LONGEST_SAYING = 320
_STYLES = {"done": "cyan", "ahead": "green", "pressed": "yellow", "undone": "magenta", "supposed": "bright_black"}


def print_page(reading: Reading, console: Console) -> None:
    """Prints the whole page; the console decides on width and colour."""
    width = min(console.width, WIDEST)
    for part in _Page(digest(reading), width, draws_symbols(console)).parts():
        console.print(part, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def draws_symbols(console: Console) -> bool:
    """Whether the output's encoding has the symbols and arrows of the page."""
    try:
        "".join(words.symbol for words in STATUS_WORDS.values()).encode(console.encoding)
        return True
    except (UnicodeEncodeError, LookupError):
        return False


class _Page:
    """The parts of one page, top to bottom."""

    def __init__(self, lines: Digest, width: int, symbols: bool) -> None:
        self.lines = lines
        self.width = width
        self.symbols = symbols

    def parts(self) -> Iterator[RenderableType]:
        yield from self.header()
        yield from self.chronology()
        yield from self.voices()
        yield from self.quantities()
        yield from self.pending()
        yield from self.notices()

    def header(self) -> Iterator[RenderableType]:
        yield Rule(style="dim", characters="━" if self.symbols else "=")
        yield Text(self.lines.title, style="bold")
        yield Text(self.dotted(self.lines.source), style="dim")

    def heading(self, words: str) -> Iterator[RenderableType]:
        yield Text()
        yield Rule(Text(words, style="bold"), align="left", style="dim", characters="─" if self.symbols else "-")

    def chronology(self) -> Iterator[RenderableType]:
        yield from self.heading("Chronology")
        if not self.lines.chronology:
            yield Text("No act of the sixteen types was found.", style="dim")
        for day in self.lines.chronology:
            yield Text()
            yield Text(day.heading, style="bold underline")
            for act in day.acts:
                yield self.act(act)

    def act(self, act: Act) -> RenderableType:
        status = self.status(act.event.status)
        lines = list(self.act_lines(act))
        if self.width < NARROW:
            return Hanging(Text(" "), Text("\n").join([status, *lines, Text()]), 1)
        return Hanging(Text(" ") + status, Text("\n").join(lines), _STATUS_COLUMN)

    def act_lines(self, act: Act) -> Iterator[Text]:
        yield Text.assemble((self.arrowed(act.parties), "bold"), "  ", (act.kind, "dim italic"))
        yield self.excerpt(act.excerpt)
        told = (f"according to {act.according_to}",) if act.according_to else ()
        if told or act.details:
            yield Text(self.dotted((*told, *act.details)), style="dim")

    def status(self, status: Status) -> Text:
        words = STATUS_WORDS[status]
        return Text(f"{words.symbol if self.symbols else words.ascii} {words.word}", style=_STYLES[words.family])

    def excerpt(self, excerpt: Excerpt) -> Text:
        return Text.assemble(excerpt.before, (excerpt.trigger, "bold underline"), excerpt.after)

    def voices(self) -> Iterator[RenderableType]:
        if self.lines.voices:
            yield from self.heading("Who says what")
        for voice in self.lines.voices:
            yield from self.voice(voice)

    def voice(self, voice: Voice) -> Iterator[RenderableType]:
        yield Text()
        yield Text.assemble((voice.name, "bold"), (f"  {voice.about}" if voice.about else "", "dim"))
        for saying in voice.sayings:
            yield self.saying(saying)

    def saying(self, saying: Saying) -> RenderableType:
        content = shortened(saying.content, _LONGEST_SAYING)
        words = f"“{content}”" if saying.statement.mode == "direct" else content
        about = self.dotted(tuple(filter(None, (saying.cue, *saying.circumstances))))
        return self.bullet(Text.assemble(words, (f"  [{about}]" if about else "", "dim")))

    def quantities(self) -> Iterator[RenderableType]:
        if self.lines.quantities:
            yield from self.heading("Figures")
        for quantity in self.lines.quantities:
            yield self.quantity(quantity)

    def quantity(self, quantity: Quantity) -> RenderableType:
        claimed = f"according to {quantity.claimant}" if quantity.claimant else "told by the report itself"
        lines = Text.assemble((quantity.amount, "bold"), (f"  {claimed}\n", "dim"), self.excerpt(quantity.excerpt))
        return self.bullet(lines)

    def pending(self) -> Iterator[RenderableType]:
        if self.lines.pending:
            yield from self.heading("Announced, promised, threatened, demanded, called off, denied")
        for status, acts in self.lines.pending:
            words = STATUS_WORDS[status]
            symbol = words.symbol if self.symbols else words.ascii
            yield Text(f"{symbol} {words.heading}", style=f"bold {_STYLES[words.family]}")
            for act in acts:
                yield self.pending_act(act)

    def pending_act(self, act: Act) -> RenderableType:
        line = Text.assemble((self.arrowed(act.parties), "bold"), ": ", self.excerpt(act.phrase))
        if act.event.when:
            line.append(f"  [{act.when}]", style="dim")
        return self.bullet(line)

    def notices(self) -> Iterator[RenderableType]:
        if self.lines.notices:
            yield from self.heading("Notices")
        for notice in self.lines.notices:
            yield Hanging(Text(" !", style="dim"), Text(notice), 3)
        yield Text()

    def bullet(self, line: Text) -> RenderableType:
        return Hanging(Text(" –" if self.symbols else " -", style="dim"), line, 3)

    def dotted(self, words: tuple[str, ...]) -> str:
        return (" · " if self.symbols else " | ").join(words)

    def arrowed(self, parties: str) -> str:
        return parties if self.symbols else parties.replace("→", "->")


class Hanging:
    """A text wrapped beside a mark: the mark stands before the first line, the others are indented as far."""

    def __init__(self, mark: Text, body: Text, indent: int) -> None:
        self.mark = mark
        self.body = body
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        margin = Text(" " * self.indent)
        self.mark.pad_right(self.indent - self.mark.cell_len)
        for number, line in enumerate(self.body.wrap(console, max(1, options.max_width - self.indent))):
            line.rstrip()
            yield Text.assemble(margin if number else self.mark, line)
