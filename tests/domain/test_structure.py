"""Two structures are compared part by part, and the same change can be made to a third."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from queue_server.domain.structure import changed, changes, digest_of, overlapping

IDS = some.sampled_from(["a", "b", "c", "d"])
VALUES = some.one_of(some.none(), some.booleans(), some.integers(0, 3), some.sampled_from(["x", "y"]))
LEAVES = some.one_of(VALUES, some.lists(VALUES, max_size=2), some.dictionaries(IDS, VALUES, max_size=2))
ROWS = some.lists(some.fixed_dictionaries({"id": IDS}, optional={"name": LEAVES, "n": LEAVES}), max_size=4)
LISTS = ROWS.filter(lambda rows: len({row["id"] for row in rows}) == len(rows))
DOCUMENTS = some.dictionaries(
    some.sampled_from(["rows", "others", "name", "n"]), some.one_of(LEAVES, LISTS), max_size=4
)


@given(DOCUMENTS, DOCUMENTS)
def test_what_has_changed_leads_from_one_to_the_other(before, after):
    assert changed(before, changes(before, after)) == after
    assert changes(after, after) == []


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_changes_that_do_not_touch_each_other_are_both_there(base, mine, theirs):
    ours = changes(base, mine)
    if overlapping(ours, changes(base, theirs)):
        return
    both = changed(theirs, ours)
    assert overlapping(changes(both, mine), ours) == []
    for change in ours:
        if change.path[-1] != "*":
            assert not [c for c in changes(mine, both) if c.path == change.path]


PAPERS = [{"id": "ktp"}, {"id": "kk"}]
HALL = {
    "name": "A",
    "services": [{"id": "x", "quota": {"total": 5}, "papers": PAPERS}, {"id": "y"}],
    "hours": {"mon": "08:00-15:00"},
}


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda d: d["services"][0]["quota"].update(total=6), ["services.x.quota.total"]),
        (lambda d: d["services"].append({"id": "z"}), ["services.z"]),
        (lambda d: d["services"].pop(0), ["services.x"]),
        (lambda d: d["services"].reverse(), ["services.*"]),
        (lambda d: d["services"][0].update(papers=PAPERS[::-1]), ["services.x.papers.*"]),
        (
            lambda d: d["services"][0].update(papers=[{"id": "akta"}, *PAPERS]),
            ["services.x.papers.akta", "services.x.papers.*"],
        ),
        (lambda d: d.update(hours="always"), ["hours"]),
        (lambda d: d["hours"].update(fri=["08:00-11:00", "13:00-15:00"]), ["hours.fri"]),
        (lambda d: d.pop("name"), ["name"]),
        (lambda d: None, []),
    ],
)
def test_a_change_is_named_by_its_smallest_part(change, names):
    after = {
        **HALL,
        "services": [dict(s) | ({"quota": dict(s["quota"])} if "quota" in s else {}) for s in HALL["services"]],
        "hours": dict(HALL["hours"]),
    }
    change(after)
    assert [one.name for one in changes(HALL, after)] == names
    assert changed(HALL, changes(HALL, after)) == after


def test_an_order_of_what_somebody_else_has_dropped_changes_nothing_else():
    """A pending version meets a change at once."""
    turned = {**HALL, "services": [{**HALL["services"][0], "papers": PAPERS[::-1]}, HALL["services"][1]]}
    for dropped in (
        {**HALL, "services": [HALL["services"][1]]},
        {**HALL, "services": [{"id": "x"}, {"id": "y"}]},
        {"name": "A", "hours": HALL["hours"]},
    ):
        assert changed(dropped, changes(HALL, turned)) == dropped


def test_rows_without_an_id_of_their_own_change_as_a_whole():
    before, after = ({"fees": [{"amount": n}, {"amount": 2}]} for n in (1, 3))
    assert [one.name for one in changes(before, after)] == ["fees"]
    assert changed(before, changes(before, after)) == after


def test_an_empty_list_takes_its_first_row_and_loses_none():
    none, one = {"dates": []}, {"dates": [{"date": "2026-12-24", "name": "libur"}]}
    assert changed(none, changes(none, one)) == one
    assert changed(none, changes(one, none)) == none


def test_an_order_within_a_table_is_kept_and_the_table_s_other_values_too():
    before = {"wall": {"zones": [{"id": "A"}, {"id": "B"}], "inches": 43}}
    after = {"wall": {"zones": [{"id": "B"}, {"id": "A"}], "inches": 43}}
    assert changed(before, changes(before, after)) == after
    assert before["wall"]["zones"][0] == {"id": "A"}, "the document that was given stays as it was"


def test_two_who_change_one_service_touch_each_other_and_two_services_do_not():
    one = {**HALL, "services": [{**HALL["services"][0], "quota": {"total": 9}}, {"id": "y"}]}
    dropped = {**HALL, "services": [{"id": "y"}]}
    other = {**HALL, "services": [HALL["services"][0], {"id": "y", "prefix": "Y"}]}
    assert overlapping(changes(HALL, one), changes(HALL, dropped)) == ["services.x.quota.total"]
    assert overlapping(changes(HALL, one), changes(HALL, other)) == []


def test_a_structure_is_the_same_however_its_file_is_laid_out():
    assert digest_of({"a": 1, "b": [2]}) == digest_of({"b": [2], "a": 1}) != digest_of({"a": 1, "b": [3]})


def test_a_digest_that_lies_in_a_record_means_the_same_for_ever():
    """Else an upgrade would take every site file for a new one."""
    assert digest_of({"name": "Bogér", "n": [1]}).startswith("ae77142be081a996")


def test_two_who_decide_two_dates_do_not_touch_each_other():
    one, other = ({"dates": [{"date": day, "name": "libur"}]} for day in ("2026-12-24", "2026-12-31"))
    assert overlapping(changes({}, one), changes({}, other)) == ["dates"]  # the first two make the list
    both = changed(one, changes({"dates": []}, other))
    assert [row["date"] for row in both["dates"]] == ["2026-12-24", "2026-12-31"]
    moved = {"dates": [{"date": "2026-12-24", "name": "libur", "closed": False}, *other["dates"]]}
    assert [c.name for c in changes(both, moved)] == ["dates.2026-12-24.closed"]
