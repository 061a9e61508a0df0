"""What an office publishes of a service, in the words of a page that is made here.

The same as the browser's ``published.js`` and ``wait.js`` say on kiosk and phone: only what the office has said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ... import formats
from ...documents.shared import Estimate
from ...documents.site import SiteFee, SiteService

Say = Callable[..., str]  # a text of the page by its key, with values
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Words:
    """Says them in one language."""

    say: Say
    lang: str

    def of(self, texts: Mapping[str, str] | None) -> str:
        """A text of the site file; "" where there is none."""
        return (texts.get(self.lang) or texts["id"]) if texts else ""

    def cases(self, service: SiteService) -> list[tuple[str, list[str]]]:
        """What to bring, by case; one without a name holds whatever the case."""
        return [
            (self.of(case["when"]), case["items"].get(self.lang) or case["items"]["id"]) for case in service["cases"]
        ]

    def cost(self, service: SiteService) -> str:
        """The cost in one short line: the office's own, else what follows from the prices."""
        if service["cost"]:
            return self.of(service["cost"])
        amounts = sorted({fee["amount"] for fee in service["fees"]})
        if not amounts:
            return ""
        least = self._rupiah(amounts[0])
        return least if len(amounts) == 1 else self.say("fee_from", amount=least)

    def costs(self, service: SiteService) -> list[str]:
        """Every price, else the short line; a single one needs no name beside the service's."""
        fees = service["fees"]
        if not fees:
            return [line for line in (self.cost(service),) if line]
        if len(fees) == 1:
            return [self._price(fees[0])]
        return [self.say("fee_line", name=self.of(fee["name"]), amount=self._price(fee)) for fee in fees]

    def times(self, service: SiteService) -> list[str]:
        """How long it takes: at the counter, before it, and until the result is in the hand."""
        promised, wait, completion = (service["target_minutes"], service["wait_target_minutes"], service["completion"])
        return [
            *([self.say("promised_minutes", n=promised)] if promised else []),
            *([self.say("promised_wait", n=wait)] if wait else []),
            *([self.say("completion", when=self.of(completion))] if completion else []),
        ]

    def complaints(self, service: SiteService) -> list[str]:
        """Where one complains: the service's own words, else the agency's or the hall's channel."""
        if service["complaints"]:
            return [self.of(service["complaints"])]
        channel = service["complaint"]
        lines = [channel["phone"], channel["address"], shown_link(channel["link"])] if channel else []
        return [line for line in lines if line] or [self.say("complaint_how")]

    def basis(self, service: SiteService) -> str:
        """What the price rests on, and when the office looked at it."""
        law, checked = self.of(service["basis"]), service["checked"]
        if not law or not checked:
            return law
        return self.say("checked_on", basis=law, date=formats.long_date(date.fromisoformat(checked), self.lang))

    def wait(self, estimate: Estimate | None) -> str:
        """A wait in boxes of minutes: ``10–20 menit``, ``kurang dari 10 menit``; "" where nothing is known."""
        if not estimate:
            return ""
        low, high = estimate["boxes"]
        if low >= _HOUR:
            return self.say("wait_hour")
        if high is None:
            return self.say("wait_over", n=low) if low else ""
        return self.say("minutes_range", range=f"{low}–{high}") if low else self.say("wait_under", n=high)

    def _price(self, fee: SiteFee) -> str:
        amount = self._rupiah(fee["amount"])
        priced = self.say("fee_per", amount=amount, per=self.of(fee["per"])) if fee["per"] else amount
        return self.say("fee_note", fee=priced, note=self.of(fee["note"])) if fee["note"] else priced

    def _rupiah(self, amount: int) -> str:
        return self.say("rupiah", amount=formats.count(amount, self.lang)) if amount else self.say("free")


def shown_link(link: str | None) -> str:
    """An address as people type it."""
    bare = (link or "").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.removesuffix("/")
