"""The study of need as a DOCX in the usual chapters, in Indonesian: its figures stand there, the office finishes it.

The law of a UKK or ULP asks for more than a queue can know: land, building, staff and cost are left open. A draft bears
no number, stamp, name or signature.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from .. import formats
from ..documents.demand import Demand
from ..domain.site import Site
from . import demand_pictures, office_paper
from .demand_words import hour_in_words, months_in_words, period_in_words, share_in_words

Say = Callable[..., str]
_LANG = "id"  # such a study is written in Indonesian
_OPEN = "______________________________"
_FEW = "<5"
_LETTERS_PT = 11
_WIDE_CM, _PICTURE_CM = 16.0, 15.0  # between the margins
_FIGURES_CM = {4: 3.0, 5: 2.8, 6: 2.5}  # a column of them, by how many columns there are


def written(site: Site, of: Demand, say: Say) -> bytes:
    """The file, with its pictures; tables say the same."""
    pictures, file = demand_pictures.pictures(of, say), io.BytesIO()
    paper = office_paper.blank(_LETTERS_PT)
    paper.add_heading("KAJIAN KEBUTUHAN PELAYANAN", 0)
    paper.add_paragraph(f"{site.name}\n{period_in_words(of, _LANG)}")
    if limits := [one for one in (of["filters"]["agency"], of["filters"]["service"]) if one]:
        paper.add_paragraph("Terbatas pada: " + ", ".join(_named(site, one) for one in limits) + ".")
    _question(paper, of, site)
    _requests(paper, of, say, pictures)
    _unmet(paper, of)
    _origin(paper, of, site, say, pictures)
    _open_chapters(paper)
    paper.add_paragraph("\n\n\n\n(tempat dan tanggal, jabatan, tanda tangan, nama, NIP)")
    paper.save(file)
    return file.getvalue()


def _named(site: Site, id: str) -> str:
    if id in site.agencies:
        return site.agencies[id].name
    found = site.named(id)
    return found.name["id"] if found else id


def _question(paper: Any, of: Demand, site: Site) -> None:
    paper.add_heading("1. PERTANYAAN DAN CARA", 1)
    paper.add_paragraph(f"Pertanyaan yang dijawab kajian ini (UKK, ULP, atau hari Eazy Passport): {_OPEN}")
    made = datetime.fromisoformat(of["made_at"])
    paper.add_paragraph(
        f"Sumber: catatan antrean {site.short_name}, dihitung {formats.full_date(made.date(), _LANG)} pukul "
        f"{made:%H.%M}. Permintaan adalah nomor yang diberikan ditambah permintaan yang ditolak di kios atau meja."
    )
    paper.add_heading("Ringkasan", 2)
    for sentence in of["summary"][_LANG]:
        paper.add_paragraph(sentence, style="List Bullet")


def _requests(paper: Any, of: Demand, say: Say, pictures: Mapping[str, bytes]) -> None:
    paper.add_heading("2. PERMINTAAN", 1)
    rows = [
        (one["name"]["id"], one["asked"], one["issued"], one["refused"], _share(one["refused"], one["asked"]))
        for one in of["services"]
    ]
    _table(paper, ("Layanan", "Permintaan", "Mendapat nomor", "Ditolak", "Bagian ditolak"), rows)
    paper.add_heading("Menurut hari", 2)
    _picture(paper, pictures, "weekdays", say("weekdays_title"))
    _table(
        paper,
        ("Hari", "Hari layanan", "Permintaan", "Mendapat nomor", "Ditolak"),
        [
            (formats.weekday(one["weekday"], _LANG), one["days"], one["asked"], one["issued"], one["refused"])
            for one in of["weekdays"]
        ],
    )
    paper.add_heading("Menurut jam", 2)
    _picture(paper, pictures, "hours", say("hours_title"))
    hours = [(hour_in_words(one["hour"]), one["asked"], one["issued"], one["refused"]) for one in of["hours"]]
    _table(paper, ("Jam", "Permintaan", "Mendapat nomor", "Ditolak"), hours)


def _unmet(paper: Any, of: Demand) -> None:
    paper.add_heading("3. KEBUTUHAN YANG TIDAK TERPENUHI", 1)
    rows = [
        (one["name"]["id"], one["refused_quota"], one["refused_closed"], one["refused_interruption"], one["refused"])
        for one in of["services"]
        if one["refused"]
    ]
    _table(paper, ("Layanan", "Kuota habis", "Tutup", "Gangguan", "Semua"), rows)
    many = formats.count(of["totals"]["refused"], _LANG)
    paper.add_paragraph(
        f"Berapa dari {many} permintaan yang ditolak datang kembali tidak diketahui, karena identitas tidak dicatat: "
        f"antara 0 dan {many}."
    )


def _origin(paper: Any, of: Demand, site: Site, say: Say, pictures: Mapping[str, bytes]) -> None:
    paper.add_heading("4. ASAL PENGUNJUNG", 1)
    found, known = of["origins"], of["districts"]
    if found["months"] is None or not found["rows"]:
        paper.add_paragraph(say("sum_origin_few" if found["on"] else "sum_origin_off"))
        return
    paper.add_paragraph(
        f"{say('origins_note', n=found['one_in'])} "
        f"{say('origins_months', months=months_in_words(found['months'], _LANG))} "
        f"Nomor yang diberikan pada bulan itu: {formats.count(found['issued'], _LANG)}; "
        f"jawaban: {_few(found['answers'])}."
    )
    _picture(paper, pictures, "origins", say("origins_title"))
    rows: list[Sequence[Any]] = [
        (
            one["name"],
            _few(one["answers"]),
            _blank(None if one["share"] is None else f"{formats.decimal(100 * one['share'], _LANG)} %"),
            _blank(one["distance_km"], formats.decimal),
            _blank(one["population"], formats.count),
            _blank(one["visits_per_10000"], formats.decimal),
        )
        for one in found["rows"]
    ]
    rows.append((say("origin_unlisted"), _few(found["unlisted"]), "", "", "", ""))
    heads = ("Kecamatan", "Jawaban", "Bagian", "Jarak (km)", "Penduduk", "Kunjungan per 10.000 penduduk")
    _table(paper, heads, rows)
    written = ""
    if known["at"]:
        day = datetime.fromisoformat(known["at"]).astimezone(site.timezone).date()
        written = f", ditulis {formats.full_date(day, _LANG)}"
    source = say("districts_source", source=known["source"] or _OPEN, year=known["year"] or _OPEN)
    paper.add_paragraph(source.rstrip(".") + written + ".")


def _open_chapters(paper: Any) -> None:
    for title, lines in (
        ("5. TUJUAN DAN MUSIM (umrah, haji, Ramadan, liburan sekolah)", (_OPEN,)),
        ("6. KAPASITAS (loket, menit layanan, jam buka)", (_OPEN,)),
    ):
        paper.add_heading(title, 1)
        for line in lines:
            paper.add_paragraph(line)
    paper.add_heading("7. PILIHAN", 1)
    names = ("Tetap di MPP", "Eazy Passport, hari per bulan: ____", "ULP", "UKK")
    _table(paper, ("Pilihan", "Permintaan yang terlayani", "Biaya", "Petugas", "Tanah dan gedung"), [
        (name, "", "", "", "") for name in names
    ])  # fmt: skip
    paper.add_heading("8. YANG TIDAK DIKATAKAN ANGKA INI", 1)
    for line in (
        "Orang yang tidak pernah datang, karena jauh atau karena tidak tahu, tidak ada di dalamnya.",
        "Kuota M-Paspor yang dicari di kantor lain tidak terlihat di sini.",
        "Satu orang dapat meminta nomor lebih dari sekali: permintaan bukan jumlah orang.",
    ):
        paper.add_paragraph(line, style="List Bullet")
    paper.add_heading("9. BIAYA, TANAH, PETUGAS, DUKUNGAN PEMDA", 1)
    paper.add_paragraph(_OPEN)


def _picture(paper: Any, pictures: Mapping[str, bytes], name: str, words: str) -> None:
    if name in pictures:
        office_paper.picture(paper, pictures[name], _PICTURE_CM, words)


def _table(paper: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """The first column has what the figures of the others leave of the page."""
    figures = _FIGURES_CM[len(heads)]
    first = _WIDE_CM - figures * (len(heads) - 1)
    office_paper.table(paper, heads, rows, _LANG, (first, *[figures] * (len(heads) - 1)))
    paper.add_paragraph()


def _share(part: int, whole: int) -> str:
    return f"{share_in_words(part, whole, _LANG)} %"


def _few(many: int | None) -> str:
    return _FEW if many is None else formats.count(many, _LANG)


def _blank(value: Any, form: Callable[..., str] | None = None) -> str:
    return "" if value is None else form(value, _LANG) if form else str(value)
