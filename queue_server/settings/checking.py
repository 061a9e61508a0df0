"""What several checks of a site file look for: names of nothing, cutoffs that eat a day, limits that collide."""

from collections.abc import Collection, Iterable, Iterator

from queue_server.domain.site import MIDNIGHT, Period
from queue_server.settings.site_schema import QuotaTable, Week

Found = tuple[str, str]  # key in the file, reason


def cut_off(key: str, week: Week | None, cutoff: int) -> Iterator[Found]:
    """A cutoff as long as a day's last period leaves that period without a number, and nobody would know why."""
    for day in Week.model_fields if week else ():
        periods = getattr(week, day)
        if periods and minutes(periods[-1]) <= cutoff:
            yield (
                f"{key}.{day}",
                f"cutoff_minutes = {cutoff} leaves no time for numbers: open {minutes(periods[-1])} minutes",
            )


def minutes(period: Period) -> int:
    """How long a period is; ``24:00`` is the end of its day."""
    opens, closes = (moment.hour * 60 + moment.minute for moment in period)
    return (closes if period[1] != MIDNIGHT else 24 * 60) - opens


def quota_mistakes(key: str, quota: QuotaTable, classes: Collection[str]) -> Iterator[Found]:
    """Limits that name a class the service does not offer, or contradict one another."""
    own = quota.by_class
    for name in own:
        if name not in classes:
            yield f"{key}.{name}", f"the service does not offer the class {name!r}"
    for name, kept in quota.reserved.items():
        if name not in classes:
            yield f"{key}.reserved.{name}", f"the service does not offer the class {name!r}"
        elif kept > own.get(name, kept):
            yield f"{key}.reserved.{name}", f"keeps {kept} places, but the class may take only {own[name]}"
    all_kept = sum(quota.reserved.values())
    if quota.reserved and quota.total is None:
        yield f"{key}.reserved", "keeps places of a total, so it needs quota.total"
    elif all_kept > (quota.total or 0):
        yield f"{key}.reserved", f"keeps {all_kept} places of a total of {quota.total}"


def unknown(key: str, names: Iterable[str], known: Collection[str], kind: str) -> Iterator[Found]:
    """Names of which there is no table."""
    for name in names:
        if name not in known:
            yield key, f"there is no {kind} {name!r}"
