"""Whether the texts that reviewers checked are shown."""

from collections.abc import Iterator

from .. import texts
from ..words.kept import file_of, fits, kept
from ..words.po_file import Unreadable
from ..words.review import LANGUAGES, sources
from .checks import Patient
from .findings import Finding, ok, warn


def words(patient: Patient) -> Iterator[Finding]:
    """Which checked texts are left out, because the Indonesian is another by now or their file cannot be read."""
    known, shown, well = sources(texts.load()), 0, True
    for language in LANGUAGES:
        try:
            rows = kept(patient.data, language)
        except (Unreadable, OSError) as error:
            well = False
            yield warn("words_unread", file=file_of(patient.data, language), why=error)
            continue
        old = sum(not fits(one, known) for one in rows)
        shown += len(rows) - old
        if old:
            well = False
            how = f"queue-server words export --language {language} --out {language}.xlsx"
            yield warn("words_old", n=old, language=language, command=how)
    if well:
        yield ok(f"{shown} texts checked here, all shown" if shown else "the texts of the screens are as they ship")
