"""The command `code`: whole archives into tables. Nothing but click is imported here."""

from __future__ import annotations

import click

from dragoman.faces.cli.words import names_of_files


@click.command(
    epilog="""\b
Examples:
  dragoman code wire.jsonl.gz --out tables/
  dragoman code cc-news/ --out tables/ --workers 4
  dragoman code 's3://archive/2026/*.parquet' --out tables/ --dry-run
  dragoman code cc-news/ --out tables/ --shard $SLURM_ARRAY_TASK_ID/64
  dragoman code cc-news/ --out /shared/tables/ --engine ray --address auto

\b
Exit codes:
  0    every report was coded
  1    some inputs or reports failed (failed.jsonl has them), the others were coded
  2    the command line or the output is at fault; what was done before stays
  3    an input, a library or the cluster lacks, or nothing could be coded
  130  stopped with Ctrl-C; the same command goes on where it was"""
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, shell_complete=names_of_files)
@click.option("--out", metavar="DIR", required=True, shell_complete=names_of_files, help="Folder for the tables; made if it is not there.")
@click.option(
    "--engine", type=click.Choice(("local", "ray")), default="local", show_default=True,
    help="What does the work: one process on this computer, or actors of Ray, on this computer or on a cluster.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 10_000), metavar="N",
    help="Cores to work on. Without it: those of this computer, at most 4; with --engine ray, all that there are.",
)  # fmt: skip
@click.option(
    "--address", metavar="HOST:PORT",
    help="A Ray cluster that runs already; auto finds the one that this computer belongs to. Without it: RAY_ADDRESS, "
    "else Ray is started on this computer.",
)  # fmt: skip
@click.option("--shard", metavar="i/n", default="1/1", help="Do only the i-th of n shares of the work, for Slurm and GNU parallel.")
@click.option(
    "--per-shard", type=click.IntRange(1, 100_000), default=1_000, show_default=True, metavar="N",
    help="Records that are coded at once: more make fewer, larger files and take more memory.",
)  # fmt: skip
@click.option(
    "--actors", metavar="FILE", shell_complete=names_of_files,
    help="Your own list of actors (TOML or CSV): names with country, sectors, aliases and dates. It goes before ours.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell the plan, code a few reports to estimate time and size, and write nothing.")
def code(
    inputs: tuple[str, ...],
    out: str,
    engine: str,
    workers: int | None,
    address: str | None,
    shard: str,
    per_shard: int,
    actors: str | None,
    dry_run: bool,
) -> int:
    """Code whole archives into Parquet tables: reports, events, statements, figures, times, actors.

    INPUT is JSON Lines (also .gz, .zst), Parquet with the same fields as columns, a web archive (WARC, also .gz), a page or text, a
    folder of these, or an address that fsspec opens (s3://, gs://, ...). Run the same command again after it was stopped or killed: it
    goes on where it was, and the tables come out the same to the byte. Needs `pip install 'dragoman[archive]'`, and
    `pip install 'dragoman[archive,ray]'` for --engine ray.
    """
    from dragoman.faces.cli import code_command  # brings the pipeline

    return code_command.run(code_command.Request(inputs, out, workers, shard, per_shard, actors, dry_run, engine, address))
