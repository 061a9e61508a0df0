"""The published order of calls, in words."""

from typing import Any

from flask import g

from ...domain.site import Site
from ...printing.slip import ORDER, order_rule
from .page_data import page_language


def orders(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The order by what it follows from (``order_of``), and by language, in the words of the slip."""
    site = data["site"]
    weights, services = site["order"], (*site["services"], *site["former"])
    return {
        order_of(weights, classes): {lang: order_rule(weights, classes, words) for lang, words in data["texts"].items()}
        for classes in (service["classes"] for service in services)
    }


def order_of(weights: dict[str, int], classes: list[str]) -> str:
    """What a service's order follows from: its classes and their weights (``static/js/order.js`` says the same)."""
    return " ".join(f"{c}:{weights.get(c, 0)}" for c in ORDER if c in classes)


def rules(site: Site) -> list[tuple[str, list[str]]]:
    """The published order in the page's own words, and the names of the services that it is of; most last."""
    of: dict[str, list[str]] = {}
    for service in site.services.values():
        rule = order_rule(site.order, list(service.classes), g.page_texts)
        of.setdefault(rule, []).append(service.name.get(page_language()) or service.name["id"])
    return sorted(of.items(), key=lambda one: len(one[1]))
