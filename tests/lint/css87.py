"""Which CSS an old television's browser (Chromium 87) does not know, found with a real CSS parser."""

import re

import tinycss2

AT_RULES = {"layer", "container", "property", "scope", "starting-style", "counter-style", "position-try"}
SELECTORS = re.compile(r":(has|is|where|dir|user-valid|user-invalid|modal|popover-open)\b|:not\([^)]*,")
PROPERTIES = re.compile(
    r"aspect-ratio|container(-.*)?|accent-color|translate|rotate|scale|text-wrap(-.*)?|text-box(-.*)?|field-sizing"
    r"|scrollbar-(gutter|color|width)|border-(start|end)-(start|end)-radius|text-(decoration-thickness|emphasis.*)"
    r"|view-transition-name|animation-timeline|anchor-name|inset-area|interpolate-size|offset-(anchor|position)"
    r"|font-palette|font-synthesis-.*|grid-template-subgrid|contain-intrinsic-.*"
)
VALUES = re.compile(
    r"\b(color-mix|oklch|oklab|lch|lab|hwb|light-dark|round|mod|rem|sin|cos|tan|exp|abs|sign|linear|anchor)\("
    r"|\d(dv|sv|lv)(h|w|i|b|min|max)\b|\d(cq(w|h|i|b|min|max)|lh|rlh|cap|ric)\b|\bsubgrid\b|(?<!-)\bimage-set\("
    r"|overflow(-[xy])?:\s*clip"
)
# Known at 87 only with a prefix: the prefixed form must stand in the same rule.
PREFIXED = re.compile(r"mask(-.*)?|print-color-adjust|line-clamp|text-emphasis(-.*)?")
RANGE = re.compile(r"\(\s*[\w-]+\s*[<>]|[<>]=?\s*[\w-]+\s*\)")


def faults(css: str) -> list[str]:
    """Everything in a style sheet that Chromium 87 would drop. A rule in `@supports` has its own fallback."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [fault for rule in rules for fault in _rule_faults(rule)]


def _rule_faults(rule) -> list[str]:
    if rule.type == "error":
        return [f"line {rule.source_line}: {rule.message}"]
    where, head = f"line {rule.source_line}", tinycss2.serialize(rule.prelude)
    if rule.type == "at-rule":
        return [f"{where}: {fault}" for fault in _at_rule_faults(rule, head)]
    found = [f"{where}: selector {match[0]}" for match in SELECTORS.finditer(head)]
    return found + [f"{where}: {fault}" for fault in _block_faults(rule.content)]


def _at_rule_faults(rule, head: str) -> list[str]:
    if rule.lower_at_keyword in AT_RULES:
        return [f"@{rule.lower_at_keyword}"]
    if rule.lower_at_keyword == "supports" or rule.content is None:
        return []
    if rule.lower_at_keyword in ("font-face", "page"):
        return []
    found = [f"range in @media {head.strip()}"] if RANGE.search(head) else []
    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    return found + [fault for part in inner for fault in _rule_faults(part)]


def _block_faults(content) -> list[str]:
    parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    names = {part.lower_name for part in parts if part.type == "declaration"}
    return [fault for part in parts for fault in _part_faults(part, names)]


def _part_faults(part, names: set[str]) -> list[str]:
    if part.type != "declaration":
        return ["a nested rule" if part.type.endswith("rule") else part.message]
    found, name = [], part.lower_name
    if PROPERTIES.fullmatch(name):
        found.append(name)
    if PREFIXED.fullmatch(name) and f"-webkit-{name}" not in names:
        found.append(f"{name} without -webkit-{name}")
    if match := VALUES.search(f"{name}:{tinycss2.serialize(part.value)}"):
        found.append(f"{name}: {match[0]}")
    return found
