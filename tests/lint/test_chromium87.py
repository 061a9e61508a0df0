"""Kiosks and televisions run old browsers: nothing on a screen needs more than Chromium 87."""

import re

import pytest

from tests.lint import css87, js87
from tests.world.tree import ROOT, SCREENS, files, text

VENDOR = ROOT / "queue_server" / "web" / "static" / "vendor"


def test_every_style_sheet_is_known_to_chromium_87():
    faults = {str(path): found for path in files(".css", under=SCREENS) if (found := css87.faults(text(path)))}
    assert not faults


def test_every_module_is_known_to_chromium_87():
    assert not js87.faults_of({str(path): text(path) for path in files(".js", under=SCREENS)})


def test_what_is_only_looked_at_is_measured_without_functions_that_televisions_of_2020_lack():
    """A custom property with ``min()`` takes the whole layout with it; elsewhere `is-older` says what to do instead."""
    faults = {
        str(path): found
        for path in files(".css", under=("display_ui",))
        if (found := re.findall(r"(?:^|[^-\w])(?:min|max|clamp)\(.*", text(path)))
    }
    assert not faults


def test_the_vendored_script_parses_in_chromium_87():
    script = (VENDOR / "socket.io-client.js").read_text()
    assert not [fault for fault in js87.faults(script) if fault.startswith("newer syntax")]


def test_no_page_uses_an_import_map():
    assert not [path for path in files(".html", under=SCREENS) if "importmap" in text(path)]


@pytest.mark.parametrize(
    "css",
    [
        ".a { .b { color: red } }",
        "@layer base { .a { color: red } }",
        ".a:has(.b) { color: red }",
        ":is(.a, .b) { color: red }",
        ".a:not(.b, .c) { color: red }",
        ".a { aspect-ratio: 1 }",
        ".a { block-size: 100dvh }",
        ".a { color: color-mix(in srgb, red, blue) }",
        ".a { mask: url(a.svg) }",
        "@media (width >= 600px) { .a { color: red } }",
        "@container (min-width: 1px) { .a { color: red } }",
        "@media print { .a { inset: 0; rotate: 90deg } }",
    ],
)
def test_newer_css_would_be_noticed(css):
    assert css87.faults(css)


@pytest.mark.parametrize(
    "css",
    [
        ".a { inset: 0; gap: 1rem; -webkit-mask: url(a.svg); mask: url(a.svg) }",
        "@supports (aspect-ratio: 1) { .a { aspect-ratio: 1 } }",
        "@media (min-width: 600px) { .a:focus-visible:not(.b) { width: min(10vw, 3rem); transform: scale(1.1) } }",
        "@keyframes a { from { transform: rotate(1deg) } to { opacity: 1 } }",
    ],
)
def test_older_css_passes(css):
    assert not css87.faults(css)


@pytest.mark.parametrize(
    "script",
    [
        "export const a = [1].at(-1);",
        "class A { static { go(); } }",
        "await go();",
        "export const a = structuredClone(b);",
        "export const a = crypto.randomUUID();",
        "export const a = 'b'.replaceAll('b', 'c');",
        "export const a = Object.fromEntries([]);",
    ],
)
def test_newer_javascript_would_be_noticed(script):
    assert js87.faults(script)


def test_older_javascript_passes():
    assert not js87.faults(
        "export class A { #n = 1; go(x) { this.#n ??= x?.y ?? 2; return [`${this.#n}`].flat(); } }\n"
    )
