"""Find whose page a request comes from; where the proxy in front keeps that back, say what the proxy lacks."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from ..interfaces import is_loopback
from ..reach import split_host, url
from .gate import PROXIED, TRUSTED


class Lack(StrEnum):
    """What a proxy in front, or our word about it, leaves to be wished. The values are keys of the error texts."""

    PROTO = "proxy_proto"  # serves HTTPS, and does not say so
    TRUST = "proxy_untrusted"  # says so, and server.toml does not name it
    HOST = "proxy_host"  # puts another host in the place of the one that was asked for
    NAME = "public_url"  # all is well, but the server does not know its public name


def own_origins(environ: Mapping[str, Any], public_url: str | None) -> set[str]:
    """Where our own pages come from: the address that the request came to, and the public one."""
    came_to = origin_of(environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""))
    return {came_to} | ({public_url} if public_url else set())


def origin_of(scheme: str, host: str) -> str:
    """A ``Host`` as browsers write an origin: in small letters, without the scheme's own port."""
    name, port = split_host(host.lower())
    usual = {"http": 80, "https": 443}.get(scheme, 0)
    return url(scheme, name.strip("[]"), port or usual) if name else f"{scheme}://{host}"


def lack(origin: str, environ: Mapping[str, Any]) -> Lack | None:
    """Why an origin that is not ours may yet be: what the proxy in front lacks. None: it is another's page."""
    host, trusted = environ.get("HTTP_HOST", ""), environ.get(TRUSTED, False)
    forwarded = environ.get("HTTP_X_FORWARDED_HOST", host)
    if not trusted and "HTTP_X_FORWARDED_PROTO" in environ and origin_of("https", forwarded) == origin:
        return Lack.TRUST
    if origin_of("https", host) == origin:
        return Lack.PROTO
    theirs, ours = _name(origin), split_host(host)[0].strip("[]").lower()
    replaced = is_loopback(ours) and not is_loopback(theirs)
    if trusted and theirs and (replaced or (environ.get(PROXIED, False) and theirs == ours)):
        return Lack.HOST
    return None


def _name(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""
