"""What the machine tells its visitors: notices are made, changed and ended, by whoever may."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from queue_server.commands import noticing
from queue_server.domain.notice import PLACES, Said
from queue_server.queries.site import site_info
from tests.world.hall import SARI, WATI, Hall

if TYPE_CHECKING:
    from tests.commands.machine import HallMachine

LINA = replace(WATI, id="lina", agencies=frozenset({"dukcapil"}))  # sees to one agency only
BY = st.sampled_from([WATI, WATI, LINA, SARI])
TEXTS = st.sampled_from(["Besok tutup", "Tinggalkan gedung", "Salat Jumat"])
ENDS = st.sampled_from([None, None, -1, 5, 90])  # minutes from now


@dataclass(frozen=True)
class Standing:
    """A notice as the model knows it; ``since`` is from when on screens show it."""

    text: str
    urgent: bool
    agency: str | None
    since: datetime
    until: datetime | None

    def may(self, who) -> bool:
        """The hall's and what is urgent is for who sees to the whole hall; an agency's for its own supervisors, too."""
        return who is WATI or (who is LINA and self.agency == "dukcapil" and not self.urgent)

    def shows(self, now: datetime) -> bool:
        """Whether screens show it."""
        return self.since <= now and (self.until is None or self.until > now)


@dataclass
class Notices:
    """All that nobody has ended; ``versions``: every revision that left one otherwise, the newest last."""

    standing: dict[str, Standing] = field(default_factory=dict)
    versions: dict[str, list[int]] = field(default_factory=dict)


class Telling:
    """Rules of the machine; ``hall`` and ``told`` are its own."""

    hall: Hall
    told: Notices
    busy: int

    def _said(self, text: str, urgent: bool, agency: str | None, ends: int | None) -> tuple[Said, Standing, bool]:
        """What is asked for, what it would be, and whether it is right by itself."""
        now = self.hall.now
        until = None if ends is None else now + timedelta(minutes=ends)
        said = Said({"id": text}, PLACES if urgent else ("wall", "phone"), now, until, urgent=urgent, agency=agency)
        right = (ends is None or ends > 0) and not (urgent and agency)
        return said, Standing(text, urgent, agency, now, until), right

    @precondition(lambda self: self.busy > 6 and len(self.told.standing) < 5)
    @rule(who=BY, text=TEXTS, urgent=st.booleans(), agency=st.sampled_from([None, "dukcapil", "polres"]), ends=ENDS)
    def tell(self: "HallMachine", who, text: str, urgent: bool, agency: str | None, ends: int | None) -> None:
        """To be seen at once, until it is over or ended."""
        said, standing, right = self._said(text, urgent, agency, ends)
        allowed = right and standing.may(who)
        self.both(allowed, who, noticing.make, said)
        if allowed:
            made = self.hall.events("notice_made")[-1]
            id = made.detail["id"]
            self.told.standing[id], self.told.versions[id] = standing, [made.revision]

    @precondition(lambda self: self.told.standing)
    @rule(who=BY, data=st.data(), text=TEXTS, ends=ENDS, old=st.booleans())
    def tell_otherwise(self: "HallMachine", who, data: st.DataObject, text: str, ends: int | None, old: bool) -> None:
        """The same again leaves nothing; who looked at an older one is told so."""
        id = data.draw(st.sampled_from(sorted(self.told.standing)))
        was, versions = self.told.standing[id], self.told.versions[id]
        said, standing, right = self._said(text, was.urgent, was.agency, ends)
        standing = replace(standing, since=was.since)
        if standing.until is not None and standing.until <= standing.since:
            right = False
        seen = versions[0] if old else versions[-1]
        allowed = was.may(who) and right and seen == versions[-1]
        if allowed and standing == was:
            with self.hall.changes_nothing():
                self.hall.do(who, noticing.change, id, said, seen, begins=False)
            return
        self.both(allowed, who, lambda tx: noticing.change(tx, id, said, seen, begins=False))
        if allowed:
            self.told.standing[id] = standing
            versions.append(self.hall.revision)

    @precondition(lambda self: self.told.standing)
    @rule(who=BY, data=st.data(), again=st.booleans())
    def tell_no_more(self: "HallMachine", who, data: st.DataObject, again: bool) -> None:
        """For good: ended again, it is not there."""
        id = data.draw(st.sampled_from(sorted(self.told.standing)))
        allowed = self.told.standing[id].may(who)
        self.both(allowed, who, noticing.end, id)
        if allowed:
            del self.told.standing[id], self.told.versions[id]
            if again:
                self.both(False, who, noticing.end, id)

    @invariant()
    def what_visitors_read_is_the_model_s(self) -> None:
        """Whatever the clock says by now: no event says that one begins, or is over."""
        shown = [
            one for one in self.hall.read(site_info)["notices"] if datetime.fromisoformat(one["from"]) <= self.hall.now
        ]
        known = {id: (one.text, one.urgent) for id, one in self.told.standing.items() if one.shows(self.hall.now)}
        assert {one["id"]: (one["text"]["id"], one["urgent"]) for one in shown} == known
