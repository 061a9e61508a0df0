"""A hall that has lived through a month: many visitors, some alone in their hour, refusals, interruptions and paper."""

from datetime import datetime

from queue_server.domain.roles import Role
from tests.world.in_process import InProcess

OFFICER = "zulaekha"
DAYS = ("2026-11-23", "2026-11-24", "2026-11-25")
HERE, FRIDAY = "/sites/lebak", "2026-11-27"
REFUSED = [("skck-baru", 9, "quota")] * 11 + [("skck-baru", 14, "quota")] + [("ktp-cetak", 9, "interruption")] * 9
SERVED = {"issued_at": "08:05", "called_at": "08:10", "served_at": "08:11", "finished_at": "08:15", "counter": "5"}


class Lived(InProcess):
    """Lebak in November: many at counter 5, one of them alone in her hour, and two with a rare service."""

    def live(self):
        self.enrol("kiosk", Role.KIOSK)
        self.add(OFFICER, Role.OFFICER, agencies=("dukcapil",))
        self.tickets = []
        for day in DAYS:
            self.at(f"{day}T08:30")
            self.begin_session(OFFICER)
            self.verb("open")
            for n in range(9):
                self.at(f"{day}T{8 + n // 3:02d}:{35 + n % 3:02d}")
                self.take("ktp-cetak")
                if n % 3 < 2:
                    self.at(f"{day}T{8 + n // 3:02d}:{50 + n % 3 * 4:02d}")
                    self.verb("call-next")
                    self.verb("no-show" if n == 4 else "serve")
                    if n != 4:
                        self.at(f"{day}T{8 + n // 3:02d}:{52 + n % 3 * 4:02d}")
                        self.verb("finish", {"outcome": "selesai"})
            self.at(f"{day}T15:00")
            self.verb("close", {"reason": "selesai"})
        self.at(f"{DAYS[0]}T23:00")
        return self

    def have_trouble(self):
        """A Friday: no places left, four interruptions of which each was judged otherwise, and numbers on paper."""
        self.at(f"{FRIDAY}T08:40")
        self.begin_session(OFFICER)
        self.begin_session("wati")
        self.add("tuti", Role.FRONT_DESK)
        full = {"total": 0, "reason": "Blangko habis"}
        assert self.api("PUT", f"{HERE}/services/skck-baru/quota", full, who="wati").status_code == 200
        scope = {"scope": {"service": "ktp-cetak"}, "issuing": "stop"}
        network = self.interruption("wati", "09:00", {**scope, "reason": "network"})
        for n, (service, hour, cause) in enumerate(REFUSED):
            self.at(f"{FRIDAY}T{hour:02d}:{10 + n:02d}")
            if cause == "quota" and hour > 9:
                continue
            self.refused(service)
        self.end(network, "10:20")
        self.end(self.interruption(OFFICER, "11:00", {"reason": "staff"}), "11:25", "reject")
        self.end(self.interruption(OFFICER, "13:00", {"reason": "equipment"}), "13:07")
        late = self.interruption(OFFICER, "14:00", {"reason": "central_system"})
        self.refused("skck-baru")  # alone in the hour
        self.end(late, "14:50")
        paper = [{"number": f"PJ{n}", "service": "ktp-cetak", **SERVED} for n in (1, 2)]
        entered = self.api("POST", f"{HERE}/outage", {"entries": paper}, who="tuti", **{"Idempotency-Key": "p"})
        assert entered.status_code == 201, entered.text
        self.tickets += [{"number": f"PJ00{n}", "token": f"t{n}", "id": f"i{n}"} for n in (1, 2)]
        self.at("2026-11-30T09:00")
        self.begin_session("wati")
        assert self.api("POST", f"{HERE}/interruptions/{late}/confirm", {}, who="wati").status_code == 200

    def interruption(self, who, at, said):
        self.at(f"{FRIDAY}T{at}")
        begun = {"scope": {"counter": "5"}, **said}
        return self.api("POST", f"{HERE}/interruptions", begun, who=who, **{"Idempotency-Key": at}).json["id"]

    def end(self, interruption, at, *verdict):
        self.at(f"{FRIDAY}T{at}")
        for word in (*verdict, "end"):
            answer = self.api("POST", f"{HERE}/interruptions/{interruption}/{word}", {}, who="wati")
            assert answer.status_code == 200, answer.text

    def refused(self, service):
        self.asked = getattr(self, "asked", 0) + 1
        key = {"Idempotency-Key": f"refused {self.asked}"}
        assert self.api("POST", f"{HERE}/tickets", {"service": service}, who="kiosk", **key).status_code == 409

    def at(self, instant):
        self.now = datetime.fromisoformat(f"{instant}:00+07:00")

    def take(self, service):
        key = {"Idempotency-Key": f"n{len(self.tickets)}"}
        answer = self.api("POST", "/sites/lebak/tickets", {"service": service}, who="kiosk", **key)
        assert answer.status_code == 201, answer.text
        self.tickets.append(answer.json)

    def verb(self, verb, body=None):
        answer = self.api("POST", f"/sites/lebak/counters/5/{verb}", body, who=OFFICER)
        assert answer.status_code == 200, answer.text
