"""The rules as pages: what each does, why it matters, wrong, right, limits."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from checker.rules.registry import all_rules
from checker.rules.rule import Rule
from checker.server.rendering import page, problem


async def rules(request: Request) -> Response:
    """``GET /rules``: every rule, by family."""
    families = [(family, list(those)) for family, those in groupby(all_rules(), lambda rule: rule.code[:3])]
    return page(request, "rules.html", families=families)


async def rule(request: Request) -> Response:
    """``GET /rules/CODE``: the page of a rule."""
    code = request.path_params["code"]
    found = next((rule for rule in all_rules() if rule.code == code), None)
    if found is None:
        return await problem(request, 404, "error.not_found")
    return page(request, "rule.html", rule=found, content=_content(found))


@cache
def _content(rule: Rule) -> Markup:
    """The documentation of a rule without its title; mark-up in its examples is shown, not obeyed."""
    _, _, body = rule.page.strip().partition("\n")
    return Markup(MarkdownIt("commonmark", {"html": False}).render(body))
