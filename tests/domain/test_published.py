"""What an office still has to publish of a service: the components of UU 25/2009, each by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from queue_server.domain.published import STALE_AFTER, Case, Channel, Fee, Owed, Published, owed
from tests.world.values import hall, service

TODAY = date(2026, 11, 23)
WORDS = {"id": "ada"}
WHOLE = Published(
    cases=(Case(None, {"id": ("KTP",)}),),
    procedure=WORDS,
    product=WORDS,
    completion=WORDS,
    cost=WORDS,
    complaints=WORDS,
    checked=TODAY,
)
NOTHING = {"promised": False, "led": False, "channel": None}


def facts(published: Published, **known) -> list[str]:
    """Which facts are owed."""
    return [one.fact for one in owed("ktp", published, TODAY, **(NOTHING | known))]


def test_a_service_that_publishes_all_owes_nothing_and_one_that_publishes_nothing_owes_all():
    assert facts(WHOLE) == []
    every = ["requirements", "procedure", "completion", "fees", "product", "complaints", "checked"]
    assert facts(Published()) == every


@pytest.mark.parametrize(
    ("without", "fact", "instead"),
    [
        ({"cases": ()}, "requirements", None),
        ({"procedure": None}, "procedure", {"led": True}),
        ({"completion": None}, "completion", {"promised": True}),
        ({"product": None}, "product", None),
        ({"complaints": None}, "complaints", {"channel": Channel(phone="0252 200")}),
    ],
)
def test_each_fact_is_owed_by_itself_unless_the_hall_tells_it_otherwise(without, fact, instead):
    assert facts(replace(WHOLE, **without)) == [fact]
    if instead:
        assert facts(replace(WHOLE, **without), **instead) == []


def test_a_list_of_prices_says_what_it_costs_as_well_as_a_short_line():
    assert facts(replace(WHOLE, cost=None)) == ["fees"]
    assert facts(replace(WHOLE, cost=None, fees=(Fee(WORDS, 0),))) == []


@pytest.mark.parametrize(
    ("checked", "stale"), [(None, True), (TODAY - STALE_AFTER, False), (TODAY - STALE_AFTER - timedelta(days=1), True)]
)
def test_what_nobody_looked_at_for_a_year_is_told_with_its_date(checked, stale):
    found = list(owed("ktp", replace(WHOLE, checked=checked), TODAY, **NOTHING))
    assert found == ([Owed("ktp", "checked", checked)] if stale else [])


def test_a_hall_owes_what_its_services_do_where_neither_agency_nor_hall_takes_complaints():
    bare = replace(WHOLE, complaints=None, procedure=None)
    site = hall(
        service("ktp", published=bare, kiosk=True),
        service("kk", published=bare, kiosk=False, target_minutes=None, next=("akta",)),
        service("akta", published=bare, kiosk=False),
    )
    assert [(one.service, one.fact) for one in site.owed(TODAY)] == [
        ("ktp", "complaints"),
        ("kk", "procedure"),  # nobody leads there: no kiosk, and no service before it
        ("kk", "complaints"),
        ("akta", "complaints"),
    ]
    of_hall = replace(site, complaint=Channel(phone="0252 200"))
    assert [(one.service, one.fact) for one in of_hall.owed(TODAY)] == [("kk", "procedure")]
    own = replace(site.agencies["dukcapil"], complaint=Channel(link="https://lapor.go.id"))
    assert replace(site, agencies={"dukcapil": own}).complaint_of("ktp") == own.complaint
