"""Put each page's modules together into one script, and its sheets into one sheet, with esbuild.

Sources stay plain modules that every browser can load one by one; a phone on a mobile network should not have to. Each
file that a page names with ``asset('….js')`` or ``asset('….css')`` becomes one in ``static/bundle``, written for the
oldest browser we serve; ``bundle.json`` there says from which sources. A server that finds one of these changed serves
the plain modules instead (``queue_server/web/http/bundles.py``), so a bundle is never older than its sources.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WEB = ROOT / "queue_server" / "web"
# As the server hands them out, side by side: kiosk_ui/x.js may import ../static/js/api.js.
ROOTS = {
    "static": WEB / "static",
    "pages": WEB / "pages",
    "kiosk_ui": ROOT / "kiosk_ui",
    "display_ui": ROOT / "display_ui",
}
BUNDLE = WEB / "static" / "bundle"  # beside static/js and static/css: what they name by a relative address is found
LIST = "bundle.json"
OLDEST_BROWSER = "chrome68"

_NAMED = re.compile(r"asset\('([\w/.-]+\.(?:js|css))'\)")


class BundleError(Exception):
    """esbuild could not put a page together; the message is its own."""


def make(esbuild: Path) -> None:
    """Make the bundle folder, complete or not at all, unless it is already made from these very sources."""
    if is_current():
        return
    with tempfile.TemporaryDirectory(prefix="antrean-bundle-") as folder:
        stage = Path(folder)
        _copy_sources(stage)
        _run(esbuild, stage)
        fresh = BUNDLE.with_name("bundle.new")
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(stage / "out", fresh)
        meta = json.loads((stage / "meta.json").read_text())
        (fresh / LIST).write_text(json.dumps({"made_by": _own_digest(), "pages": _pages(meta)}, indent=1) + "\n")
    shutil.rmtree(BUNDLE, ignore_errors=True)
    fresh.rename(BUNDLE)


def is_current() -> bool:
    """Whether what the pages name now was made from the sources as they are now, in the way of this file."""
    try:
        made = json.loads((BUNDLE / LIST).read_text())
        sources = {source: digest for page in made["pages"].values() for source, digest in page["from"].items()}
        same = all(_digest(_path(source)) == digest for source, digest in sources.items())
        return same and made["made_by"] == _own_digest() and sorted(made["pages"]) == entries()
    except (OSError, ValueError, KeyError):
        return False


def entries() -> list[str]:
    """Every script and sheet that a page names, as ``kiosk_ui/phone.js``."""
    pages = [page for root in ROOTS.values() for page in root.rglob("*.html")]
    return sorted({name for page in pages for name in _NAMED.findall(page.read_text())})


def _copy_sources(stage: Path) -> None:
    for name, root in ROOTS.items():
        for source in (path for kind in ("*.js", "*.css") for path in root.rglob(kind) if BUNDLE not in path.parents):
            target = stage / name / source.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)


def _run(esbuild: Path, stage: Path) -> None:
    options = ["--bundle", "--format=esm", "--charset=utf8", f"--target={OLDEST_BROWSER}", "--external:*.woff2"]
    # Names and lines stay: what a hall's browser complains of can be read, and it packs to nearly the same.
    named = [f"{_flat(entry).removesuffix(Path(entry).suffix)}={entry}" for entry in entries()]
    where = ["--outdir=out", "--metafile=meta.json", "--log-level=warning"]
    done = subprocess.run([esbuild, *named, *options, *where], cwd=stage, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"esbuild failed ({done.returncode}):\n{done.stderr.strip()}")


def _pages(meta: Mapping) -> dict[str, dict]:
    """entry -> its file in the bundle folder, and the digest of each source it was made from."""
    made = {}
    for out, bundle in meta["outputs"].items():
        sources = {source: _digest(_path(source)) for source in bundle["inputs"]}
        made[bundle["entryPoint"]] = {"file": Path(out).name, "from": sources}
    return dict(sorted(made.items()))


def _flat(entry: str) -> str:
    return entry.replace("/", ".")


def _path(source: str) -> Path:
    root, _, rest = source.partition("/")
    return ROOTS[root] / rest


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _own_digest() -> str:
    """Changes with this file and with the version of esbuild."""
    return hashlib.sha256(Path(__file__).read_bytes() + (HERE / "package-lock.json").read_bytes()).hexdigest()
