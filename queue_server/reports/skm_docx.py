"""The survey's report as a DOCX in the usual chapters, which staff finish in Word: the figures stand in it.

A draft carries no number, stamp, name or signature, and no wording of an electronic one.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from .. import formats
from ..documents.survey import Followup, Ikm, Publication
from ..domain.site import Site
from ..domain.survey import BOUNDS, OFFICIAL, lowest_of
from ..queries.survey_results import Results
from . import letter, office_paper

Texts = Mapping[str, str]
_LANG = "id"  # such a report is written in Indonesian
_ROMAN = ("I", "II", "III", "IV")
_ACTS = "______________________________"


def written(
    site: Site, found: Results, followups: Sequence[Followup], publications: Sequence[Publication], texts: Texts
) -> bytes:
    """The file; ``texts``: those of the public page, in Indonesian."""
    file = io.BytesIO()
    paper = office_paper.blank(11)
    ikm, span = found.ikm, _span(found)
    paper.add_heading("LAPORAN SURVEI KEPUASAN MASYARAKAT", 0)
    paper.add_paragraph(f"{site.name}\n{span}")
    _introduction(paper, site)
    _collecting(paper, found, span, texts)
    _result(paper, ikm, found, texts)
    _analysis(paper, ikm, found, followups, texts)
    paper.add_heading("V. PENUTUP", 1)
    paper.add_paragraph(_ACTS)
    paper.add_paragraph("\n\n\n\n(tempat dan tanggal, jabatan, tanda tangan, nama, NIP)")
    paper.add_heading("Lampiran: publikasi hasil", 1)
    _table(
        paper,
        ("Media", "Rincian", "Tanggal", "Bukti"),
        [(texts[f"medium_{one['kind']}"], one["medium"], _day(one["day"]), one["proof"] or "") for one in publications],
    )
    paper.save(file)
    return file.getvalue()


def _introduction(paper: Any, site: Site) -> None:
    paper.add_heading("I. PENDAHULUAN", 1)
    paper.add_heading("1.1 Latar belakang", 2)
    paper.add_paragraph(_ACTS)
    paper.add_heading("1.2 Dasar", 2)
    for law in (
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Peraturan Pemerintah Nomor 96 Tahun 2012",
        "Peraturan Menteri PANRB Nomor 14 Tahun 2017 tentang Pedoman Penyusunan Survei Kepuasan Masyarakat",
    ):
        paper.add_paragraph(law, style="List Number")
    paper.add_heading("1.3 Maksud dan tujuan", 2)
    paper.add_paragraph(f"Mengetahui kepuasan masyarakat atas pelayanan di {site.name} dan menyusun tindak lanjutnya.")


def _collecting(paper: Any, found: Results, span: str, texts: Texts) -> None:
    ikm = found.ikm
    paper.add_heading("II. PENGUMPULAN DATA", 1)
    paper.add_paragraph(
        "Survei diisi pemegang nomor antrean yang selesai dilayani: lewat HP, tablet di aula, atau dibacakan oleh meja "
        "informasi, satu kali untuk setiap nomor, tanpa nama. Jawaban tidak dapat dikaitkan dengan nomor antrean."
    )
    paper.add_paragraph(f"Waktu: {span}.")
    many = formats.count(found.served, _LANG)
    paper.add_paragraph(
        f"Responden: {formats.count(ikm['n'], _LANG)} jawaban lengkap dari {many} kunjungan yang selesai; "
        f"{formats.count(ikm['n_incomplete'], _LANG)} tidak lengkap dan tidak dihitung. "
        f"Anjuran Krejcie dan Morgan untuk {formats.count(found.population, _LANG)} yang dilayani setahun: "
        f"{formats.count(found.advised, _LANG)}."
    )
    words = {"plain": "sederhana", "official": "formulir PermenPANRB 14/2017", "own": "kantor sendiri"}
    paper.add_paragraph("Kata-kata pertanyaan: " + ", ".join(words[one] for one in sorted(found.wordings)) + ".")
    for name, counts in found.profile.items():
        rows = [
            (texts[f"about_{name}_{value}"] if value else texts["no_answer"], many, _share(many, ikm["n"]))
            for value, many in sorted(counts.items(), key=lambda one: (one[0] is None, str(one[0])))
        ]
        paper.add_paragraph(texts[f"profile_{name}"])
        _table(paper, ("Indikator", "Jumlah", "Persentase"), rows, (10, 3, 3))


def _result(paper: Any, ikm: Ikm, found: Results, texts: Texts) -> None:
    paper.add_heading("III. HASIL", 1)
    if ikm["ikm"] is None:
        paper.add_paragraph(
            "Belum ada data." if not ikm["n"] else "Kurang dari sepuluh responden; angka tidak ditampilkan."
        )
        return
    paper.add_paragraph(
        f"Indeks Kepuasan Masyarakat: {_two(ikm['ikm'])}, mutu pelayanan {ikm['letter']} "
        f"({texts['grade_' + str(ikm['letter'])]}). Bobot setiap unsur tepat 1/9, dibulatkan satu kali."
    )
    if ikm["mean_of_units"] is not None:
        paper.add_paragraph(f"Rata-rata instansi: {_two(ikm['mean_of_units'])} (indeks di atas dari semua responden).")
    rows = [
        (f"U{n}", OFFICIAL[one["key"]], _two(one["nrr"]), _two(one["index"]), one["letter"] or "–")
        for n, one in enumerate(ikm["elements"], 1)
    ]
    _table(paper, ("No", "Unsur", "NRR", "Nilai konversi", "Mutu"), rows, (1.3, 8, 2, 3, 1.7))
    caption = paper.add_paragraph("Nilai konversi setiap unsur, 25 sampai 100; garis putus-putus: batas bawah mutu.")
    caption.paragraph_format.keep_with_next = True
    _chart(paper, ikm)
    paper.add_paragraph("Tiap instansi")
    units = [(one["name"], one["n"], _two(one["ikm"]), one["letter"] or "–") for one in ikm["units"] if one["n"]]
    _table(paper, ("Instansi", "Responden", "IKM", "Mutu"), units, (9, 2.7, 2.3, 2))
    _table(
        paper,
        ("Triwulan", "Responden", "IKM", "Mutu"),
        [(_quarter(name), one["n"], _two(one["ikm"]), one["letter"] or "–") for name, one in found.quarters],
        (9, 2.7, 2.3, 2),
    )


def _analysis(paper: Any, ikm: Ikm, found: Results, followups: Sequence[Followup], texts: Texts) -> None:
    paper.add_heading("IV. ANALISIS", 1)
    low = lowest_of([one["nrr"] for one in ikm["elements"]])
    if low:
        paper.add_paragraph("Tiga unsur terendah: " + "; ".join(OFFICIAL[key] for key in low) + ".")
    paper.add_paragraph(_ACTS)
    paper.add_heading("Rencana tindak lanjut", 2)
    name = found.months.quarter
    rows = [_line(one, texts) for one in followups if one["period"] == name]
    _table(paper, ("Prioritas unsur", "Kegiatan", "Penanggung jawab", "Batas waktu", "Keadaan"), rows)
    paper.add_heading("Tindak lanjut periode sebelumnya", 2)
    _table(
        paper,
        ("Prioritas unsur", "Kegiatan", "Penanggung jawab", "Batas waktu", "Keadaan"),
        [_line(one, texts) for one in followups if name is None or one["period"] < name],
    )


def _line(one: Followup, texts: Texts) -> tuple[str, ...]:
    stands = (
        "selesai " + _day(one["done"]) if one["done"] else {"late": "terlambat", "planned": "rencana"}[one["state"]]
    )
    return OFFICIAL[one["element"]], one["act"], one["who"], _day(one["due"]), stands


def _table(paper: Any, heads: Sequence[str], rows: Sequence[Sequence[Any]], widths_cm: Sequence[float] = ()) -> None:
    office_paper.table(paper, heads, rows, _LANG, widths_cm)
    paper.add_paragraph()


def _chart(paper: Any, ikm: Ikm) -> None:
    """The nine as bars, beside the bounds of the letters."""
    shown = [one for one in ikm["elements"] if one["index"] is not None]
    rows = [{"name": OFFICIAL[one["key"]], "value": one["index"], "told": _two(one["index"])} for one in shown]
    bounds = [{"at": at / 100, "label": f"{name} {_two(at / 100)}"} for at, name in BOUNDS[:-1]]
    said = "Nilai konversi setiap unsur. " + "; ".join(f"{one['name']}: {one['told']}" for one in rows)
    office_paper.picture(paper, letter.picture("bars", {"rows": rows, "bounds": bounds}, _LANG), 15.5, said)


def _span(found: Results) -> str:
    return f"{formats.full_date(found.months.begins, _LANG)} s.d. {formats.full_date(found.months.ends, _LANG)}"


def _quarter(name: str) -> str:
    """``2026-Q3`` as offices write it."""
    year, number = name.split("-Q")
    return f"Triwulan {_ROMAN[int(number) - 1]} {year}"


def _day(iso: str | None) -> str:
    return formats.full_date(date.fromisoformat(iso), _LANG) if iso else "–"


def _two(value: float | None) -> str:
    return "–" if value is None else formats.hundredths(value, _LANG)


def _share(part: int, whole: int) -> str:
    return f"{formats.decimal(100 * part / whole, _LANG)} %" if whole else "–"
