"""Satisfaction by the law's own method: the nine elements, an index of exact fractions, and its letter.

PermenPANRB 14/2017 (Survei Kepuasan Masyarakat, SKM; its index is the IKM): nine elements of equal weight, exactly 1/9,
each answered by 1 to 4. The index is the mean of the elements' means times 25, rounded once, half up, to two decimals;
the letter is that of the rounded figure, since the printed classes have gaps (76.60–76.61).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal, get_args

Element = Literal[
    "requirements", "procedure", "time", "cost", "product", "competence", "conduct", "complaints", "facilities"
]
ELEMENTS: tuple[Element, ...] = get_args(
    Element
)  # in the order of the annex's definitions; forms number them otherwise
OFFICIAL: Mapping[Element, str] = {  # as the annex names them; never translated
    "requirements": "Persyaratan",
    "procedure": "Sistem, Mekanisme, dan Prosedur",
    "time": "Waktu Penyelesaian",
    "cost": "Biaya/Tarif",
    "product": "Produk Spesifikasi Jenis Pelayanan",
    "competence": "Kompetensi Pelaksana",
    "conduct": "Perilaku Pelaksana",
    "complaints": "Penanganan Pengaduan, Saran, dan Masukan",
    "facilities": "Sarana dan Prasarana",
}
LOWEST, HIGHEST = 1, 4  # of one answer
TO_INDEX = 25  # from 1–4 to 25–100

Letter = Literal["A", "B", "C", "D"]
BOUNDS: tuple[tuple[int, Letter], ...] = ((8831, "A"), (7661, "B"), (6500, "C"), (2500, "D"))  # hundredths, from above
AIM_OF_WBBM = 9000  # hundredths: 3.60 of 4; an A begins below it (PermenPANRB 90/2021 asks it of another survey)

Channel = Literal["phone", "tablet", "assisted"]
CostScale = Literal["paid", "free"]
Wording = Literal["plain", "official", "own"]
Sex = Literal["female", "male"]
Education = Literal["none", "sd", "smp", "sma", "diploma", "s1", "s2", "s3"]
Occupation = Literal[
    "civil_servant",
    "military",
    "police",
    "private",
    "self_employed",
    "farmer",
    "homemaker",
    "student",
    "unemployed",
    "other",
]
AgeBand = Literal["under_25", "25_34", "35_44", "45_54", "55_64", "65_over"]
PROFILE: Mapping[str, tuple[str, ...]] = {
    "sex": get_args(Sex),
    "age_band": get_args(AgeBand),
    "education": get_args(Education),
    "occupation": get_args(Occupation),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """What one respondent said. It names no ticket and no time: ``month`` is all that is kept of when.

    ``service``, ``agency``: None where too few answered of it in that month (``survey_mix.py``).
    """

    month: str  # YYYY-MM
    service: str | None
    agency: str | None
    channel: Channel
    cost_scale: CostScale
    wording: Wording
    values: tuple[int | None, ...]  # by element, in their order; None: skipped, or never tried
    profile: tuple[str | None, ...] = (None, None, None, None)  # in the order of PROFILE
    comment: str | None = None

    @property
    def valid(self) -> bool:
        """Nine answers make a respondent."""
        return None not in self.values


@dataclass(frozen=True, slots=True)
class Counted:
    """Sums of the valid respondents: what every figure of a group is made of."""

    n: int = 0
    sums: tuple[int, ...] = (0,) * len(ELEMENTS)
    n_incomplete: int = 0
    skipped: tuple[int, ...] = (0,) * len(ELEMENTS)  # of all who began, by element

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.n + other.n,
            tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)),
            self.n_incomplete + other.n_incomplete,
            tuple(a + b for a, b in zip(self.skipped, other.skipped, strict=True)),
        )


def count(answers: Iterable[Answered]) -> Counted:
    """Fewer than nine answers are counted apart, and are in no index: a skip is never forced into a score."""
    found = Counted()
    for one in answers:
        skipped = tuple(int(value is None) for value in one.values)
        sums = tuple(value or 0 for value in one.values) if one.valid else (0,) * len(ELEMENTS)
        found += Counted(int(one.valid), sums, int(not one.valid), skipped)
    return found


def mean(counted: Counted, element: int) -> Fraction | None:
    """The element's mean (NRR), exactly; None if nobody answered all nine."""
    return Fraction(counted.sums[element], counted.n) if counted.n else None


def index(counted: Counted) -> Fraction | None:
    """The IKM, exactly; None if there is no respondent: there are no data yet, and that is no D."""
    if not counted.n:
        return None
    return Fraction(sum(counted.sums) * TO_INDEX, counted.n * len(ELEMENTS))


def hundredths(value: Fraction, places: int = 2) -> int:
    """Rounded once, half up, in units of the last of ``places`` decimals."""
    scale: int = 10**places
    return floor(value * scale + Fraction(1, 2))


def letter(rounded: int) -> Letter:
    """Of an index in hundredths (8831: A); by the rounded figure alone."""
    return next(name for least, name in BOUNDS if rounded >= least or name == "D")


def mean_of(indexes: Sequence[Fraction]) -> Fraction | None:
    """The simple mean of units' indexes, as regions publish it beside that of all respondents."""
    return sum(indexes, Fraction()) / len(indexes) if indexes else None


def lowest(counted: Counted, many: int = 3) -> list[Element]:
    """The elements with the lowest means, the lowest first; of equals the one that the annex defines first."""
    order = sorted(range(len(ELEMENTS)), key=lambda n: (counted.sums[n], n))
    return [ELEMENTS[n] for n in order[:many]] if counted.n else []


def lowest_of(means: Sequence[float | None], many: int = 3) -> list[Element]:
    """As ``lowest``, of means that were told; none where nothing is told."""
    known = [(mean, n) for n, mean in enumerate(means) if mean is not None]
    return [ELEMENTS[n] for _, n in sorted(known)[:many]]


def sample(population: int) -> int:
    """How many respondents are advised of so many who were served in a year (Krejcie and Morgan 1970).

    χ² 3.841, share one half, error 5 %; rounded to the nearest as their table is, not up.
    """
    if population <= 0:
        return 0
    exact = Fraction(96025 * population, 100) / (Fraction(25 * (population - 1), 10) + Fraction(96025, 100))
    return hundredths(exact, 0)
