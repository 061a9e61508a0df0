"""Which texts name a visitor by number, and until when a name is kept."""

import pytest

from queue_server.domain.errors import Code, QueueError
from queue_server.domain.privacy import holds_identity_number, months_before, refuse_identity_number
from tests.world.values import at


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("3602041507900001", True, id="alone"),
        pytest.param("NIK:3602041507900001, berkas kurang", True, id="within words"),
        pytest.param("3602 0415 0790 0001", True, id="in groups"),
        pytest.param("36.02.04.150790.0001", True, id="as on a form"),
        pytest.param("360204-150790-0001", True, id="with dashes"),
        pytest.param("berkas kurang: KK dan akta", False, id="plain words"),
        pytest.param("hubungi 0812-3456-7890", False, id="a telephone number"),
        pytest.param("12345678901234567890", False, id="twenty digits are something else"),
        pytest.param("NIK 3602041507900001 2 lembar", True, id="before another number"),
        pytest.param("3602041507900001 3602041507900002", True, id="two side by side"),
        pytest.param("KK 3602041507900001 081234567890", True, id="before a telephone number"),
        pytest.param("tgl 3602041507900001 22/11", True, id="before a date"),
        pytest.param("3602041507900001-2026", True, id="before a year"),
        pytest.param("360204/150790/0001", True, id="with slashes"),
        pytest.param("3602\u00a00415\u00a00790\u00a00001", True, id="with spaces that do not break"),
        pytest.param("3602\u20110415\u20110790\u20110001", True, id="with hyphens that do not break"),
        pytest.param("3602  0415\n0790 - 0001", True, id="over two lines"),
        pytest.param("\uff13\uff16\uff10\uff12041507900001", True, id="full-width digits"),
        pytest.param("janji 22-11-2026 08.00-12.00", False, id="a date and hours"),
        pytest.param("cuti 22.11.2026-23.11.2026", False, id="two dates"),
        pytest.param("telp 081234567890 1234", False, id="a telephone number and another number"),
        pytest.param("0812 3456 7890 08.30", False, id="a telephone number and a time"),
        pytest.param("09.00-10.00 10.00-11.00", False, id="hours"),
        pytest.param("Rp 1.500.000 2.000.000 12", False, id="sums"),
        pytest.param("K014 lalu K015", False, id="queue numbers"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_sixteen_digits_however_grouped_are_an_identity_number(text, holds):
    assert holds_identity_number(text) is holds


def test_the_refusal_names_the_field_and_never_the_number():
    with pytest.raises(QueueError) as refused:
        refuse_identity_number("note", "NIK 3602041507900001")
    assert refused.value.code is Code.INVALID
    assert refused.value.details == {"field": "note", "reason": "identity_number"}


@pytest.mark.parametrize(
    ("now", "months", "before"),
    [
        ("2026-11-23 09:00", 12, "2025-11-23 09:00"),
        ("2026-01-15 09:00", 1, "2025-12-15 09:00"),
        ("2026-05-31 09:00", 3, "2026-02-28 09:00"),
        ("2028-02-29 09:00", 12, "2027-02-28 09:00"),
        ("2026-07-31 09:00", 1, "2026-06-30 09:00"),
        ("2026-12-31 09:00", 24, "2024-12-31 09:00"),
    ],
)
def test_so_many_months_ago_is_the_same_day_or_the_month_s_last(now, months, before):
    assert months_before(at(now), months) == at(before)
