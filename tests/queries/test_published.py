"""What the offices publish, as the site document tells it: by case, and for older screens in one list."""

import pytest

from queue_server.domain.published import Case, Published
from queue_server.queries.published import published

LOST = Case({"id": "Hilang", "en": "Lost"}, {"id": ("Surat polisi",), "en": ("Police report",)})


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        pytest.param((), None, id="nothing said"),
        pytest.param((Case(None, {"id": ("KTP", "KK")}),), {"id": ["KTP", "KK"]}, id="whatever the case"),
        pytest.param(
            (Case(None, {"id": ("KK",)}), LOST),
            {"id": ["KK", "Hilang: Surat polisi"], "en": ["KK", "Lost: Police report"]},
            id="a language that one case lacks is said in Indonesian",
        ),
    ],
)
def test_all_cases_stand_in_one_list_with_their_names_before_them(cases, expected):
    assert published(Published(cases=cases))["requirements"] == expected


def test_what_an_office_has_not_said_is_null_and_never_made_up():
    facts = published(Published())
    assert {name: value for name, value in facts.items() if value not in (None, [])} == {}
