"""Site files that any hall of the country might write: the required keys alone, names of every length."""

import random
import string
from dataclasses import dataclass
from itertools import product

#: what real offices are called, where nobody wrote a short name
LONG_NAMES = (
    "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Republik Indonesia",
    "Dinas Kependudukan dan Pencatatan Sipil",
    "Kementerian Agraria dan Tata Ruang/Badan Pertanahan Nasional Kantor Pertanahan Kabupaten Lebak",
    "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan Kantor Cabang Serang",
    "Kejaksaan Negeri",
    "Samsat",
)
UNBREAKABLE = "Pertanggungjawabankeprotokolan"  # thirty letters without a place to break
WORDS = """Pelayanan Penerbitan Perizinan Kependudukan Surat Keterangan Izin Usaha Mikro Kecil dan Menengah Pajak
    Kendaraan Bermotor Rekomendasi Legalisasi Dokumen Pengaduan Masyarakat Konsultasi Pendaftaran Perubahan Data
    Peserta untuk""".split()  # noqa: SIM905
LETTERS = [letter for letter in string.ascii_uppercase if letter not in "IO"]
PREFIXES = [*LETTERS, *("".join(pair) for pair in product(LETTERS, LETTERS))]
LONGEST = 120


@dataclass(frozen=True)
class Shape:
    """How much a hall has, and how long its names are."""

    id: str
    agencies: int
    services: int
    counters: int
    letters: tuple[int, int]  # of a name, least and most
    seed: int = 0


def name_of(chance: random.Random, letters: tuple[int, int], *, unbreakable: bool = False) -> str:
    """Words up to a length drawn between the two; with one word that cannot be broken where asked."""
    wanted = chance.randint(*letters)
    words = [UNBREAKABLE] if unbreakable and wanted >= len(UNBREAKABLE) else []
    while len(" ".join(words)) < wanted:
        words.append(chance.choice(WORDS))
    return " ".join(words)[:wanted].strip() or "Loket"


def site_file(shape: Shape) -> str:
    """The site's file, in TOML: every key that must be there and no other."""
    chance = random.Random(shape.seed)
    lines = [f'id = "{shape.id}"', f'name = "{name_of(chance, shape.letters)}"', 'timezone = "Asia/Jakarta"']
    lines += ['hours = "always"']
    agencies = [f"a{n}" for n in range(shape.agencies)]
    for n, agency in enumerate(agencies):
        name = (
            LONG_NAMES[n]
            if shape.seed == 0 and n < len(LONG_NAMES)
            else name_of(chance, shape.letters, unbreakable=n == 1)
        )
        lines += ["[[agencies]]", f'id = "{agency}"', f'name = "{name}"']
    served: dict[str, list[str]] = {agency: [] for agency in agencies}
    for n in range(shape.services):
        agency = agencies[n % shape.agencies]
        served[agency].append(f"s{n}")
        name = name_of(chance, shape.letters, unbreakable=n == 0)
        lines += [
            "[[services]]",
            f'id = "s{n}"',
            f'agency = "{agency}"',
            f'prefix = "{PREFIXES[-1 - n]}"',
            f'name = {{ id = "{name}" }}',
        ]
    giving = [agency for agency in agencies if served[agency]]
    for n in range(shape.counters):
        agency = giving[n % len(giving)]
        called = f"Loket {n + 1}" if n % 3 else name_of(chance, shape.letters, unbreakable=n == 3)
        lines += [
            "[[counters]]",
            f'id = "{n + 1}"',
            f'name = "{called}"',
            f'agency = "{agency}"',
            f"services = {served[agency]}",
        ]
    return "\n".join(lines) + "\n"


REQUIRED = Shape("wajib", agencies=7, services=16, counters=9, letters=(20, 60))
CROWDED = Shape("banyak", agencies=1, services=100, counters=6, letters=(3, 40), seed=1)
#: what the wide sweep looks at besides
MANY = (
    REQUIRED,
    CROWDED,
    Shape("satu", agencies=1, services=1, counters=1, letters=(120, 120), seed=2),
    Shape("pendek", agencies=3, services=6, counters=4, letters=(3, 12), seed=3),
    Shape("panjang", agencies=12, services=40, counters=20, letters=(90, 120), seed=4),
    Shape("besar", agencies=40, services=230, counters=40, letters=(3, 120), seed=5),
    Shape("sembilan", agencies=9, services=30, counters=12, letters=(20, 80), seed=6),
)
