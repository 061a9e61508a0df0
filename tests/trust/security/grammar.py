"""More of the same, made: families × encodings × places, in an order that follows from the seed. No payload twice."""

import random
from collections.abc import Callable, Iterator
from itertools import islice, product
from urllib.parse import quote

from tests.trust.security.corpora import FILE, FORMULAS, PWNED, SQL, TRAVERSAL, XSS

_CODE = [
    PWNED,
    "window['__pwned']=1",
    "self.__pwned=top.__pwned=1",
    "(()=>{window.__pwned=1})()",
    "window.__pwne\\u0064=1",
    "&#119;indow.__pwned=1",
    "&#x77;indow&period;__pwned&equals;1",
    "eval('window.__pwn'+'ed=1')",
    "new(Function)('window.__pwned=1')()",
    "javascript:window.__pwned=1",
]
_OUT_OF = [
    "",
    "'>",
    '">',
    "`>",
    "</title>",
    "</script>",
    "</textarea>",
    "</style>",
    "</noscript>",
    "-->",
    "]]>",
    "}}",
    ")",
]
_ELEMENTS = [
    *("img src=x onerror", "svg onload", "body onload", "input autofocus onfocus", "details open ontoggle"),
    *("video src=x onerror", "audio src=x onerror", "iframe onload", "marquee onstart", "object data=x onerror"),
    *("style onload", "select autofocus onfocus", "a tabindex=1 autofocus onfocus", "div onpointerrawupdate"),
    *("a href", "form action", "button formaction", "x-y onanimationstart"),
]
_GAPS = [" ", "/", "\t", "\n", "\f"]
_QUOTES = ["", "'", '"']
_CASES: list[Callable[[str], str]] = [str, str.upper, str.swapcase]

_ENDS = [" --", "#", " /*", "; --", "", " -- -"]
_OPENERS = ["'", '"', "')", '")', "1", "%27", "\\'", "\u2019", "';", "0)"]
_CLAUSES = [
    *("OR 1=1", "OR 'a'='a'", "AND 1=0", "AND SLEEP(5)", "AND pg_sleep(5)", "AND randomblob(900000000)"),
    *("UNION SELECT password_hash FROM account", "UNION SELECT token_hash FROM device", "UNION ALL SELECT NULL,NULL"),
    *("; DROP TABLE ticket", "; DELETE FROM event", "; UPDATE account SET role='admin'", "; PRAGMA writable_schema=1"),
    *(
        "|| (SELECT id_hash FROM session)",
        "AND (SELECT count(*) FROM event) > 0",
        "ORDER BY 99",
        "LIMIT 0",
        "HAVING 1=1",
    ),
    *("; ATTACH '/dev/shm/x' AS x", "; VACUUM INTO '/dev/shm/y'", "; COPY event TO PROGRAM 'id'", "HAVING 1=1"),
]
_SPACES = [" ", "/**/", "\t", "+", "%20"]

_UPS = [
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "....//",
    "..%252f",
    "%c0%ae%c0%ae/",
    "..%c0%af",
    "..;/",
]
_WANTED = [
    *(FILE, "etc/shadow", "proc/self/environ", "app.py", "web/api/access.py", "config/server.toml", "pyproject.toml"),
    *("data/secret", "data/queue.db", "queue.db-wal", "windows/win.ini", "pages/base.html", ".git/config"),
]
_TAILS = ["", "%00.css", "?.css", "%23.css", "/.", ";.css", "%20", "/../base.css"]

_FORMULA_GAPS = [
    "",
    " ",
    "\u00a0",
    "\t",
    "\n",
    "\r\n",
    "x\n",
    "\u2003",
    "\u3000",
    "\ufeff",
    "\u200b",
    "a,b\n ",
    "\v",
    "\u2028",
]
_SIGNS = ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
_DOINGS = [
    *("cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example","x")', "1+1", "SUM(A1:A9)", "WEBSERVICE(A1)"),
    *('DDE("cmd";"/C calc";"x")', "IMPORTXML(A1;A2)", "IMAGE(A1)", "2+5+cmd|'/C calc'!A0", "rundll32|'x'!A1"),
]


def _xss() -> Iterator[str]:
    for out, element, gap, mark, code, case in product(_OUT_OF, _ELEMENTS, _GAPS, _QUOTES, _CODE, _CASES):
        name, _, rest = element.partition(" ")
        yield f"{out}<{case(name)}{gap}{rest}={mark}{code}{mark}>"


def _sql() -> Iterator[str]:
    for opener, clause, end, space in product(_OPENERS, _CLAUSES, _ENDS, _SPACES):
        yield f"{opener} {clause}{end}".replace(" ", space)


def _traversal() -> Iterator[str]:
    for up, depth, wanted, tail in product(_UPS, (1, 2, 3, 5, 8, 12), _WANTED, _TAILS):
        yield up * depth + wanted + tail
        if "%" not in up:
            yield quote(up * depth, safe="") + wanted + tail


def _formulas() -> Iterator[str]:
    for gap, sign, doing in product([a + b for a, b in product(_FORMULA_GAPS, repeat=2)], _SIGNS, _DOINGS):
        yield gap + sign + doing


_MADE = {
    "xss": (XSS, _xss),
    "sql": (SQL, _sql),
    "traversal": (TRAVERSAL, _traversal),
    "formulas": (FORMULAS, _formulas),
}


def payloads(family: str, count: int, seed: int) -> list[str]:
    """``count`` payloads, the written ones first. Raises ValueError if there are not as many."""
    written, make = _MADE[family]
    made = sorted(set(make()) - set(written))
    random.Random(seed).shuffle(made)
    found = [*dict.fromkeys(written), *islice(made, max(0, count - len(set(written))))][:count]
    if len(found) < count:
        raise ValueError(f"only {len(found)} {family}")
    return found
