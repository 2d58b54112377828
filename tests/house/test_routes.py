"""Every page is guarded, asks for its parameters by type, and has its place; what breaks the rule is caught."""

import inspect
import re
import unicodedata
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from pledges.access.guard import Guard, Unguarded, guard, open_to_all, signed_in
from pledges.access.permissions import Permission
from pledges.site.navigation import OWN, PLACES
from tests.support.critic import Critic
from tests.support.ward import Ward

OTHERS = {"static", "bootstrap.static"}
"""Files of the look: no view of ours."""

NOT_IN_THE_BAR = {
    "site.help_page": "at the foot of every page",
    "site.patterns": "for those who build pages",
    "site.alive": "asked by machines",
    "site.health": "asked by machines",
    "site.metrics": "asked by machines",
    "site.calendar": "read by calendar programs",
    "search.results": "behind the box of the top bar",
    "accounts.sign_in": "where nobody is signed in there is no bar",
    "accounts.sign_out": "behind the own name",
    "accounts.own": "behind the own name",
    "accounts.change_password": "behind the own name",
}
"""Endpoint → why it isn't below a place of the navigation."""
NOT_IN_THE_BAR_BEFORE_SIGNING_IN = {
    "demo": "the buttons of the sign-in page",
    "setting_up": "the first account",
}
"""The same for whole groups of endpoints that are open before anybody signs in."""

PARAMETER = re.compile(r"<(?:(?P<converter>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")


def unguarded(app: Flask) -> list[str]:
    """Endpoints whose view wears no guard, or is open without saying why."""
    return [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint not in OTHERS and not _well_guarded(getattr(view, "guard", None))
    ]


def _well_guarded(worn: Guard | None) -> bool:
    if worn is None:
        return False
    return worn.open_because is None or len(worn.open_because.split()) > 2


def untyped(app: Flask) -> list[str]:
    """Rules with a parameter that takes anything."""
    return [
        str(rule)
        for rule in ours(app)
        for found in PARAMETER.finditer(rule.rule)
        if found["converter"] in {None, "default"}
    ]


def homeless(app: Flask) -> list[str]:
    """Endpoints that are below no place of the navigation, without a reason."""
    below = {feature for place in PLACES for feature in place.features}
    return [
        endpoint
        for endpoint in app.view_functions
        if endpoint not in OTHERS | set(NOT_IN_THE_BAR) | OWN
        and endpoint not in below
        and endpoint.split(".")[0] not in below | set(NOT_IN_THE_BAR_BEFORE_SIGNING_IN)
    ]


def ours(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OTHERS]


def test_every_view_wears_a_guard(ward: Ward):
    assert unguarded(ward.app) == []


def test_a_view_without_a_guard_is_caught(ward: Ward):
    ward.app.add_url_rule("/thu", "thu", lambda: "")
    ward.app.add_url_rule("/thu-2", "thu_2", open_to_all(because="")(lambda: ""))
    assert unguarded(ward.app) == ["thu", "thu_2"]


def test_the_guard_of_a_page_for_members_sends_strangers_to_sign_in(
    ward: Ward, sign_in: Callable[[str], Critic]
):
    ward.app.add_url_rule("/thu", "thu", signed_in(lambda: ""))
    assert sign_in("nobody").get("/thu", status=302).location == "/dang-nhap?tiep=/thu"


def test_a_view_of_a_record_that_asks_nobody_is_caught(ward: Ward, sign_in: Callable[[str], Critic]):
    view = guard(Permission.SEE_TASK)(lambda task_id: f"bí mật {task_id}")
    ward.app.add_url_rule("/thu/<int:task_id>", "thu", view)
    with pytest.raises(Unguarded, match="never called authorise"):
        sign_in("officer_kp1").get("/thu/1")


def test_every_page_that_needs_a_session_leads_nobody_past_sign_in(
    ward: Ward, sign_in: Callable[[str], Critic]
):
    nobody = sign_in("nobody")
    for rule in ours(ward.app):
        worn: Guard = ward.app.view_functions[rule.endpoint].guard  # type: ignore[attr-defined]
        if worn.open_because is not None or "GET" not in (rule.methods or ()):
            continue
        address = PARAMETER.sub("1", rule.rule)
        assert nobody.get(address, status=302).location.startswith("/dang-nhap"), address


def test_every_parameter_has_a_type(ward: Ward):
    assert untyped(ward.app) == []


def test_a_parameter_that_takes_anything_is_caught(ward: Ward):
    ward.app.add_url_rule("/thu/<ten>", "thu", lambda ten: ten)
    ward.app.add_url_rule("/thu/<int:number>/<ten>", "thu_2", lambda number, ten: f"{number} {ten}")
    assert untyped(ward.app) == ["/thu/<ten>", "/thu/<int:number>/<ten>"]


def test_every_page_has_a_place_or_a_reason(ward: Ward):
    assert homeless(ward.app) == []


def test_a_page_without_a_place_is_caught(ward: Ward):
    ward.app.add_url_rule("/thu", "thu", lambda: "")
    assert homeless(ward.app) == ["thu"]


def test_no_reason_is_left_over(ward: Ward):
    assert [endpoint for endpoint in NOT_IN_THE_BAR if endpoint not in ward.app.view_functions] == []


def test_every_place_of_the_navigation_is_a_page(ward: Ward):
    assert [place.endpoint for place in PLACES if place.endpoint not in ward.app.view_functions] == []


def test_addresses_are_vietnamese_without_accents(ward: Ward):
    pattern = re.compile(r"/|(/([a-z0-9-]+(\.[a-z]+)?|<\w+:\w+>(\.[a-z]+)?))+")
    strange = [
        rule.rule
        for rule in ours(ward.app)
        if not pattern.fullmatch(rule.rule) or not unicodedata.is_normalized("NFKD", rule.rule)
    ]
    assert strange == []


def test_what_changes_something_takes_no_other_method_than_get_and_post(ward: Ward):
    known = {"GET", "HEAD", "OPTIONS", "POST"}
    assert [rule.rule for rule in ours(ward.app) if not (rule.methods or set()) <= known] == []


def test_every_view_says_what_it_is(ward: Ward):
    views = {endpoint: inspect.unwrap(view) for endpoint, view in ward.app.view_functions.items()}
    assert [name for name, view in views.items() if name not in OTHERS and not inspect.getdoc(view)] == []
