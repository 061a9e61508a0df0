"""Site files as values, of every shape that the schema allows, and some that it refuses."""

from hypothesis import strategies as st

_CLOCK = st.sampled_from(["00:00", "00:01", "07:30", "08:00", "11:59", "12:00", "15:30", "23:59", "24:00"])
_WINDOW = st.builds("{}-{}".format, _CLOCK, _CLOCK)
_RIGHT = st.lists(_CLOCK, min_size=2, max_size=2, unique=True).map(lambda ends: "-".join(sorted(ends)))
_TWO = st.just(["08:00-11:30", "13:00-16:00"])
_PERIODS = st.lists(_CLOCK, min_size=4, max_size=4, unique=True).map(sorted)
_PERIODS = _PERIODS.map(lambda ends: [f"{ends[0]}-{ends[1]}", f"{ends[2]}-{ends[3]}"])
_SLIP = st.one_of(_WINDOW, st.lists(_WINDOW, min_size=1, max_size=2))
_DAY = st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
_WEEK = st.dictionaries(_DAY, st.one_of(*[_RIGHT] * 4, _TWO, _PERIODS, _PERIODS, _SLIP), max_size=3)
_ID = st.from_regex(r"[A-Za-z0-9]{1,8}([_-][A-Za-z0-9]{1,8})?", fullmatch=True)
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
_CLASS = st.sampled_from(["priority", "regular", "booked"])
_MANY = st.sampled_from([0, 1, 2, 500, 10**9])
_PREFIX = st.from_regex(r"[A-HJ-NP-Z]{1,2}", fullmatch=True)


_TEXTS = st.one_of(_TEXT.filter(str.strip), st.just({"id": "Teks", "en": "Text"}))
_CASE = st.fixed_dictionaries({"items": st.just(["KK"])}, optional={"when": _TEXTS})
_FEE = st.fixed_dictionaries(
    {"name": _TEXTS, "amount": st.sampled_from([0, 30000, 650000])}, optional={"per": _TEXTS, "note": _TEXTS}
)


def _some(**keys: st.SearchStrategy) -> st.SearchStrategy[dict]:
    """Optional keys: each may be left out."""
    return st.fixed_dictionaries({}, optional=keys)


def _spans(services: list[str]) -> st.SearchStrategy[list[dict]]:
    """Dated exceptions, today among them."""
    which = st.sampled_from(services) if services else st.just("nobody")
    row = st.fixed_dictionaries({"id": which}, optional={"hours": _WEEK, "quota": st.dictionaries(_CLASS, _MANY)})
    first = st.sampled_from(["2026-11-01", "2026-11-23"])
    wanted = {"name": _TEXT, "first_day": first, "last_day": st.just("2026-11-23")}
    optional = {
        "hours": _WEEK,
        "cutoff_minutes": st.sampled_from([0, 30, 1440]),
        "offered": st.lists(which, min_size=1, unique=True),
        "services": st.lists(row, max_size=2),
    }
    return st.lists(st.fixed_dictionaries(wanted, optional=optional), max_size=2)


def _seldom(draw: st.DrawFn) -> bool:
    """One time in six or so; by coins, since the ends of a range of numbers are drawn far more often."""
    return draw(st.booleans()) and draw(st.booleans()) and not draw(st.booleans())


def _fitting(service: dict) -> dict:
    """The service with limits of classes that it offers."""
    offered = service.get("classes", ["regular", "priority"])
    quota = {name: n for name, n in service.get("quota", {}).items() if name in offered}
    return service | ({"quota": quota} if "quota" in service else {})


_QUESTION = st.fixed_dictionaries(
    {
        "element": st.sampled_from(["time", "cost"]),
        "question": _TEXTS,
        "answers": st.lists(_TEXTS, min_size=4, max_size=4),
    }
)


@st.composite
def halls(draw: st.DrawFn) -> dict:
    """A site file as a value: most are right, some are what a hurried person would write."""
    agencies = draw(st.lists(_ID, min_size=0 if _seldom(draw) else 1, max_size=4, unique_by=str.lower))
    services = draw(st.lists(_ID, min_size=1 if agencies else 0, max_size=6, unique_by=str.lower)) if agencies else []
    prefixes = draw(st.lists(_PREFIX, min_size=len(services), max_size=len(services), unique=True))
    counters = (
        draw(st.lists(_ID, min_size=0 if _seldom(draw) else 1, max_size=4, unique_by=str.lower)) if services else []
    )
    optional = _some(
        kiosk=st.booleans(),
        hours=_WEEK,
        days=st.lists(_DAY, min_size=1, unique=True),
        target_minutes=st.sampled_from([1, 15, 1440]),
        classes=st.lists(_CLASS, min_size=1, unique=True),
        quota=st.dictionaries(_CLASS, _MANY),
        requirements=st.one_of(st.lists(_TEXT, max_size=3), st.lists(_CASE, max_size=3)),
        fees=st.lists(_FEE, max_size=3),
        checked=st.just("2026-11-01"),
        online=st.fixed_dictionaries({"text": _TEXTS, "url": st.just("https://oss.go.id")}),
        papers=st.lists(st.fixed_dictionaries({"id": _ID, "name": _TEXTS}), max_size=1),
        segment=st.sampled_from(["citizen", "business"]),
        wait_target_minutes=st.sampled_from([1, 30]),
        outage_prefix=st.sampled_from(["ZZ", "ZY"]),
        cost_scale=st.sampled_from(["paid", "free"]),
        booking=_some(early_minutes=st.sampled_from([0, 30, 240]), late_minutes=st.sampled_from([0, 15])),
        **dict.fromkeys(("bring", "cost", "pay", "procedure", "completion", "product", "complaints", "basis"), _TEXTS),
    )
    site = draw(
        _some(
            short_name=_TEXT,
            owner=_TEXT,
            maklumat=_TEXTS,
            complaint=st.just({"phone": "0252-201234", "link": "https://www.lapor.go.id"}),
            letterhead=_some(office=_TEXT, number=st.sampled_from(["500/.../{month}/{year}", "1"]), signatory=_TEXT),
            holidays=st.just("ID"),
            finish_on_next=st.booleans(),
            group_max=st.integers(1, 20),
            survey_strict=st.booleans(),
            survey_wording=st.sampled_from(["plain", "official"]),
            survey_questions=st.lists(_QUESTION, max_size=1),
            languages=st.sampled_from([["id"], ["id", "su"], ["su", "id", "en"]]),
            order=st.dictionaries(_CLASS, st.sampled_from([1, 2, 0, 20]), min_size=1),
            hours=st.one_of(st.just("always"), _WEEK, st.builds(lambda week: week | {"cutoff_minutes": 30}, _WEEK)),
            missed_call=_some(recalls=st.integers(0, 5), return_within_minutes=_MANY),
            wall=_some(farthest_viewer_m=st.sampled_from([0.1, 12, 100]), screen_inches=st.sampled_from([1, 43, 500])),
        )
    )
    name, fits = draw(_TEXT), (lambda service: service) if _seldom(draw) else _fitting
    return (
        {"id": "kecil", "name": name, "timezone": draw(st.sampled_from(["Asia/Jakarta", "UTC"]))}
        | site
        | ({"spans": draw(_spans(services))} if draw(st.integers(0, 3)) == 0 else {})
        | {
            "agencies": [{"id": a, "name": draw(_TEXT)} for a in agencies],
            "services": [
                {"id": s, "agency": draw(st.sampled_from(agencies)), "prefix": prefix, "name": draw(_TEXT)}
                | fits(draw(optional))
                for s, prefix in zip(services, prefixes, strict=True)
            ],
            "counters": [
                {"id": c, "name": draw(_TEXT), "agency": draw(st.sampled_from(agencies))}
                | {"services": draw(st.lists(st.sampled_from(services), min_size=1, unique=True))}
                for c in counters
            ],
        }
    )
