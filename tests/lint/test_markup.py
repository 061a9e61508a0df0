"""The pages keep the content policy: no inline script, style or handler, and no text that turns into markup."""

import re
from html.parser import HTMLParser

import pytest

from tests.world.tree import SCREENS, files, text

# Each of these turns text into markup or code, which the policy refuses and an attacker hopes for.
MARKUP_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|setHTMLUnsafe"
    r"|\beval\(|new Function\b|\|\s*safe\b|autoescape\s+false|\bMarkup\(|x-html"
)


class Page(HTMLParser):
    """Collects what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "style":
            self.faults.append("<style>")
        if tag == "script" and "src" not in attributes and attributes.get("type") != "application/json":
            self.faults.append("inline <script>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} {name}=")
            if name.startswith(("x-", ":", "@")):
                self.faults.append(f"{tag} {name}={value}")  # a program in the markup, which no library here reads


def page_faults(html: str) -> list[str]:
    """What a page's source holds against the policy."""
    # Jinja's own signs would confuse an HTML parser; what they print is escaped text.
    page = Page()
    page.feed(re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", html, flags=re.DOTALL))
    return page.faults


def test_no_page_has_inline_script_style_or_handler():
    faults = {str(path): found for path in files(".html", under=SCREENS) if (found := page_faults(text(path)))}
    assert not faults


def test_nothing_turns_text_into_markup():
    sources = files(".html", ".js", under=SCREENS) + files(".py", under=("queue_server/",))
    faults = {str(path): match[0] for path in sources if (match := MARKUP_FROM_TEXT.search(text(path)))}
    assert not faults


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        "<p style='color: red'>",
        "<button onclick='go()'>",
        "<style>p {}</style>",
        "<p x-text='a'>",
        "<button @click='a()'>",
    ],
)
def test_a_careless_page_would_be_noticed(html):
    assert page_faults(html)


@pytest.mark.parametrize("source", ["node.innerHTML = name", "{{ name|safe }}", "Markup(name)", "eval(name)"])
def test_text_turned_into_markup_would_be_noticed(source):
    assert MARKUP_FROM_TEXT.search(source)


def test_a_careful_page_passes():
    assert not page_faults(
        '<body class="{% block body_class %}{% endblock %}"><script type="module" src="{{ asset("a.js") }}"></script>'
        '<script type="application/json" id="page-data">{{ data }}</script><p class="number" data-key="a">'
    )
