"""What a loudspeaker will not say well of a site's counters: for ``queue-server check``."""

from collections import defaultdict
from collections.abc import Iterator

from ..domain.site import Site
from .counter_name import counter_words, unsaid
from .packs import Pack
from .phrases import clips

Found = tuple[str, str]  # id of a counter, reason

# In the short form. Twelve calls within three seconds are all heard within a minute: the first and the last two in
# full, nine shortly.
LONGEST_S = 4.4
_DIGITS = 3  # of a number, as long as no service gives a thousand a day


def unspoken(site: Site, voice: Pack) -> Iterator[Found]:
    """Names that are not spoken, that sound like another's, or that take too long in a rush."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for counter in site.counters.values():
        said = counter_words(counter.name)
        if said is None:
            yield counter.id, _silent(counter.name)
            continue
        for other in alike[tuple(said)]:
            yield counter.id, f"{counter.name!r} sounds like {other!r} when called"
        alike[tuple(said)].append(counter.name)
        prefixes = {site.services[service].prefix for service in counter.services}
        numbers = [prefix + digit * _DIGITS for prefix in prefixes for digit in "0123456789"]
        forms = [clips(number, counter.name)["id_short"] for number in numbers]
        if missing := voice.missing(name for form in forms for name in form):
            yield counter.id, f"the voice lacks {', '.join(missing)}: only the chime will be heard"
            continue
        short = max(forms, key=voice.duration)
        if voice.duration(short) > LONGEST_S:
            reason = f"{counter.name!r} takes {voice.duration(short):.1f} s to say: in a rush the last calls go unheard"
            yield counter.id, reason


def _silent(name: str) -> str:
    words = ", ".join(repr(part) for part in unsaid(name))
    reason = f"the voice has no word for {words}" if words else f"there is nothing to say in {name!r}"
    return f"{reason}: calls end with *silakan lihat layar* (please look at the screen) instead of the counter"
