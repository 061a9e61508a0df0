"""``figures``: what the public page says of closed months, made anew of the files that anybody can download."""

import csv
import sys
from pathlib import Path

import click

from .common import cli


@cli.command("figures")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def figures_of_files(files: tuple[Path, ...]) -> None:
    """Make the published figures anew of open-data FILES (CSV): of one month, or of several of a site together.

    Needs no server and no data: waits, promises kept, no-shows and given-up numbers, in all and of each service; of the
    whole also days, refusals, interruptions, and what was corrected afterwards.
    """
    from ..domain.open_beside import beside
    from ..domain.open_rows import by_service, figures
    from ..reports.open_data import ALL, FIGURES, Contents, NotOpenData, cells, read

    months: dict[tuple[str, str], Contents] = {}
    for path in files:
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                found = read(file)
        except (NotOpenData, UnicodeDecodeError) as error:
            raise click.ClickException(f"{path}: {error}") from None
        if twice := months.keys() & found.keys():
            raise click.ClickException(f"{path}: {' '.join(min(twice))} is also in another file")
        months |= found
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(FIGURES)
    for site in sorted({site for site, _ in months}):
        own = {month: one for (of, month), one in sorted(months.items()) if of == site}
        between = min(own), max(own)
        whole = figures(row for one in own.values() for row in one.rows)
        rest = beside(row for one in own.values() for row in one.beside)
        out.writerow(cells(site, *between, ALL, whole, rest))
        parts = by_service([one.rows for one in own.values()])
        out.writerows(cells(site, *between, service, found) for service, found in parts)
