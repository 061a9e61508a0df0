"""A seed plans a day: the same one each time, and one that could happen."""

from queue_server import settings
from queue_server.rehearsal.plan import OPEN_S, given_up, interruption, outage, visitors


def document(site):
    """As much of the site's document as planning reads."""
    services = [
        {
            "id": s.id,
            "agency": s.agency,
            "kiosk": s.kiosk,
            "target_minutes": s.target_minutes,
            "classes": list(site.offered(s.id)),
        }
        for s in site.services.values()
    ]
    counters = [{"id": c.id, "services": list(c.services)} for c in site.counters.values()]
    agencies = [{"id": id} for id in site.agencies]
    return {"id": site.id, "agencies": agencies, "services": services, "counters": counters}


PANDEGLANG = document(settings.load(None).sites["pandeglang"])


def test_the_same_seed_plans_the_same_day():
    assert visitors(PANDEGLANG, 200, seed=7) == visitors(PANDEGLANG, 200, seed=7)
    assert visitors(PANDEGLANG, 200, seed=7) != visitors(PANDEGLANG, 200, seed=8)


def test_visitors_come_in_order_within_the_day_for_what_a_kiosk_gives():
    plan = visitors(PANDEGLANG, 500, seed=1)
    arrivals = [v.arrives_s for v in plan]
    assert arrivals == sorted(arrivals) and arrivals[0] >= 0 and arrivals[-1] <= OPEN_S
    at_kiosk = {s["id"] for s in PANDEGLANG["services"] if s["kiosk"]}
    assert {v.service for v in plan} == at_kiosk


def test_everything_that_goes_wrong_in_a_hall_goes_wrong():
    conducts = {v.conduct for v in visitors(PANDEGLANG, 500, seed=1)}
    assert conducts == {"comes", "late", "never", "gives_up", "waits_aside", "lacks_a_paper"}


def test_some_come_in_groups_a_while_goes_by_on_paper_and_one_agency_gives_up():
    plan = visitors(PANDEGLANG, 500, seed=1)
    assert {v.people for v in plan} == {1, 2, 3, 4} and sum(v.people > 1 for v in plan) < 60
    assert 0 < outage(1).begins_s < outage(1).ends_s < OPEN_S / 2
    stopped = interruption(PANDEGLANG, 1)
    evening = given_up(PANDEGLANG, plan, stopped)
    assert evening.agency != stopped.agency and evening.begins_s > outage(1).ends_s
    assert any(v.arrives_s > evening.begins_s for v in plan)
