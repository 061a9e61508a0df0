"""``server.toml`` and the environment: how this server listens, stores and defends itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from queue_server.settings.server_schema import ServerFile
from queue_server.settings.toml_file import Problem, SettingsError, problems_of, read

ENVIRONMENT = {
    "QUEUE_DATABASE_URL": ("server", "database_url"),
    "QUEUE_MESSAGE_QUEUE_URL": ("server", "message_queue_url"),
    "QUEUE_PUBLIC_URL": ("server", "public_url"),
    "QUEUE_ASYNC_MODE": ("server", "async_mode"),
    "QUEUE_PRIVATE_KEYS": ("server", "private_keys"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a stranger may ask of the server; see ``config/server.toml`` for the reasons."""

    body_bytes: int
    login_failures_per_account: int
    login_failures_per_address: int
    login_failures_per_account_anywhere: int
    login_window_s: int
    public_requests_per_minute: int
    public_handshakes_per_minute: int
    handshakes_per_second: int
    socket_messages_per_minute: int
    socket_bytes_per_minute: int
    request_head_within_s: int
    request_body_within_s: int
    kiosk_issues_per_minute: int


@dataclass(frozen=True, slots=True)
class Videos:
    """What videos for walls may be; see ``config/server.toml``."""

    seconds: int
    file_bytes: int
    site_bytes: int


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """How the server listens and where it stores; URLs that may hold a password stay out of ``repr``."""

    host: str
    port: int
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]  # whose X-Forwarded-* is believed
    public_url: str | None  # without a trailing slash; None: the address the request came to
    database_url: str | None = field(repr=False)  # None: SQLite under the data folder
    message_queue_url: str | None = field(repr=False)  # None: one process, no Redis
    async_mode: Literal["eventlet", "threading"]
    metrics_token: str | None = field(repr=False)  # None: /metrics answers the loopback only
    limits: Limits
    videos: Videos
    private_keys: Path | None = None  # None: in the data folder


def read_server(packaged: Path, own: Path | None, environ: Mapping[str, str]) -> ServerSettings:
    """Lay the site's own file over the packaged defaults, and the environment over both."""
    layers = {str(packaged): read(packaged)}
    if own is not None and own.is_file():
        layers[str(own)] = read(own)
    for name, (table, key) in ENVIRONMENT.items():
        value = environ.get(name, "").strip()  # a blank at the end of a line is nobody's wish
        if name in environ and (value or key != "async_mode"):
            layers[name] = {table: {key: value}}
    try:
        return _settings(ServerFile.model_validate(_merged(layers.values())))
    except ValidationError as error:
        raise SettingsError(_blamed(error, ServerFile, layers)) from None


def _merged(layers: Any) -> dict[str, Any]:
    """Merge two-storey tables, later ones winning key by key; what is no table is left for validation to refuse."""
    merged: dict[str, Any] = {}
    for layer in layers:
        for table, keys in layer.items():
            known = merged.get(table)
            merged[table] = {**known, **keys} if isinstance(known, dict) and isinstance(keys, dict) else keys
    return merged


def _blamed(error: ValidationError, model: type[BaseModel], layers: Mapping[str, Any]) -> list[Problem]:
    """Name for each problem the last layer that wrote the key: a variable by its own name."""
    found = problems_of(error, model, next(iter(layers)))
    return [_blame(problem, layers) for problem in found]


def _blame(problem: Problem, layers: Mapping[str, Any]) -> Problem:
    path = problem.key.split("[")[0].split(".")
    writers = [name for name, layer in layers.items() if _holds(layer, path)]
    writer = writers[-1] if writers else problem.file
    if writer in ENVIRONMENT:
        return Problem("environment", writer, problem.reason)
    return Problem(writer, problem.key, problem.reason)


def _holds(layer: Any, path: list[str]) -> bool:
    for key in path:
        if not isinstance(layer, dict) or key not in layer:
            return False
        layer = layer[key]
    return True


def _settings(file: ServerFile) -> ServerSettings:
    server = file.server
    return ServerSettings(
        host=server.host,
        port=server.port,
        trusted_proxies=tuple(server.trusted_proxies),
        public_url=server.public_url or None,
        database_url=server.database_url or None,
        message_queue_url=server.message_queue_url or None,
        async_mode=server.async_mode,
        metrics_token=server.metrics_token or None,
        limits=Limits(**file.limits.model_dump()),
        videos=Videos(**file.videos.model_dump()),
        private_keys=Path(server.private_keys) if server.private_keys else None,
    )
