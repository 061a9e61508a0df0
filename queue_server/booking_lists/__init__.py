"""Files of booked places, as other systems write them: their lines, or what is wrong with them."""

from datetime import date

from ..domain.booking_lines import Listed, Problem, read
from .csv_file import rows_of_csv
from .unreadable import Unreadable
from .xlsx_file import rows_of_xlsx

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BYTES = 1_000_000  # two thousand lines have a tenth of that


def read_list(data: bytes, kind: str | None = None, service: str | None = None, day: date | None = None) -> Listed:
    """The lines of a file; ``kind``: its media type (None: by its first bytes); ``service``: of lines that name none;
    ``day``: with it, of a file that is a heading alone.

    A file that cannot be read is one problem, like a line that cannot.
    """
    workbook = data.startswith(b"PK\x03\x04") if kind is None else kind == XLSX
    try:
        sheets = rows_of_xlsx(data) if workbook else [rows_of_csv(data)]
    except Unreadable as error:
        return Listed((), (Problem(error.line, error.reason),))
    return read(sheets, service, day)
