"""Figures by officer as an API and as files: each officer's own, and others' for their agencies' supervisors."""

from functools import partial
from typing import Any

from flask import Blueprint

from ...domain.errors import Code
from ...domain.rights import Act
from ...reports import period_csv, period_xlsx
from ..http.endpoint import PREFIX, Asked, endpoint
from ..http.officers_figures import file_of_officers, of_officers
from ..http.period_figures import say_in
from .reports import XLSX, excel_said, file_of, language

bp = Blueprint("officers", __name__, url_prefix=f"{PREFIX}/sites/<site>/reports")


@endpoint(bp, "GET", "/officers.json", act=Act.SEE_OWN_WORK, reply="officers_report", codes=(Code.INVALID,))
def get_officers(asked: Asked, site: str) -> Any:
    """The reader's own figures; a supervisor's officers' too, wherever ten visitors or more stand behind them."""
    return of_officers(asked.house, asked.actor, site)[0]


@endpoint(bp, "GET", "/officers.csv", act=Act.SEE_OWN_WORK, file="text/csv", codes=(Code.INVALID,))
def get_officers_csv(asked: Asked, site: str) -> Any:
    """The same as a file; ``excel``: as a country's spreadsheets read it."""
    excel = excel_said()
    write = partial(period_csv.written, lang=language(), excel=excel)
    return file_of(*file_of_officers(asked.house, asked.actor, site, write), "csv", "text/csv")


@endpoint(bp, "GET", "/officers.xlsx", act=Act.SEE_OWN_WORK, file=XLSX, codes=(Code.INVALID,))
def get_officers_xlsx(asked: Asked, site: str) -> Any:
    """The same as a spreadsheet, with what each figure means."""
    lang = language()
    write = partial(period_xlsx.written, lang=lang, say=say_in(asked.house, lang))
    return file_of(*file_of_officers(asked.house, asked.actor, site, write), "xlsx", XLSX)
