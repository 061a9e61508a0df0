"""Halls that no site file describes: a test changes a site's values, and the record has a stand-in for its document."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import count

from queue_server.domain.site import Site
from queue_server.settings import Settings

_MADE: dict[str, Site] = {}
_NUMBERS = count(1)


def redeclared(settings: Settings, sites: Mapping[str, Site]) -> Settings:
    """The settings with these sites in place of all; each that is another than before is a file with new content."""
    documents = {
        id: settings.documents[id] if settings.sites.get(id) is site else _stand_in(site) for id, site in sites.items()
    }
    files = {id: settings.files.get(id, f"sites/{id}.toml") for id in sites}
    known = settings.site_of
    return replace(
        settings,
        sites=dict(sites),
        documents=documents,
        files=files,
        site_of=lambda document: _MADE[document["made"]] if "made" in document else known(document),
    )


def _stand_in(site: Site) -> Mapping[str, str]:
    name = f"{site.id}-{next(_NUMBERS)}"
    _MADE[name] = site
    return {"made": name}
