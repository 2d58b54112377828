"""What machines ask, and the line that each request leaves: nothing secret, nothing of people."""

import json
from collections.abc import Callable
from typing import NoReturn

import pytest
from flask.testing import FlaskClient

from pledges.core.watching import errors
from pledges.site import machines
from tests.support.critic import Critic
from tests.support.queries import CountQueries
from tests.support.ward import Ward

SignIn = Callable[[str], Critic]
TOKEN = "b9d1e0c7a65f4832b9d1e0c7a65f4832"


@pytest.fixture
def nobody(ward: Ward) -> FlaskClient:
    return Critic(ward).client


def logged(ward: Ward, name: str = "requests.jsonl") -> list[dict[str, object]]:
    file = ward.app.config["INSTANCE"] / "logs" / name
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_the_process_answers_without_the_database(nobody: FlaskClient, count_queries: CountQueries):
    with count_queries() as count:
        assert nobody.get("/healthz").json == {"status": "ok"}
    assert len(count) == 0


@pytest.mark.parametrize("missing", ["migration", "disk", "folder"])
def test_what_is_missing_is_named_and_nothing_else(
    ward: Ward, nobody: FlaskClient, monkeypatch: pytest.MonkeyPatch, missing: str
):
    with monkeypatch.context() as patch:
        if missing == "migration":
            patch.setattr(machines, "_heads", lambda: ("9999",))
        elif missing == "disk":
            patch.setattr(machines, "FLOOR", 2**70)
        else:
            patch.setitem(ward.app.config, "INSTANCE", ward.app.config["INSTANCE"] / "gone")
        answer = nobody.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "unavailable", "missing": [missing]})
    assert nobody.get("/readyz").json == {"status": "ok"}


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=1.2.3.4"}, 404),
        ("10.0.0.9", {}, 404),
        ("10.0.0.9", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("10.0.0.9", {"Authorization": f"Bearer {TOKEN[:-1]}"}, 404),
        ("10.0.0.9", {"Authorization": "Bearer None"}, 404),
        ("10.0.0.9", {"Authorization": f"Basic {TOKEN}"}, 404),
    ],
)
def test_figures_are_for_this_machine_or_for_the_token(
    ward: Ward,
    nobody: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    headers: dict[str, str],
    status: int,
):
    monkeypatch.setitem(ward.app.config, "METRICS_TOKEN", TOKEN)
    answer = nobody.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
    if status == 200:
        for name in (
            "log_head_number",
            "packs_waiting",
            "sign_in_failures",
            "disk_free_bytes",
            "database_up 1.0",
        ):
            assert f"pledges_{name}" in answer.text


def test_without_a_token_none_is_right(nobody: FlaskClient):
    for given in ("Bearer None", "Bearer ", ""):
        headers = {"Authorization": given}
        assert (
            nobody.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code
            == 404
        )


def test_a_request_leaves_a_line_without_anything_of_people(ward: Ward, sign_in: SignIn):
    client = sign_in("officer_kp1").client
    answer = client.get("/tim?q=Nguyễn+Văn+Bí+Mật")
    answer.close()
    client.get("/lich/secret-of-somebody.ics").close()
    found = logged(ward)
    line = found[-2]
    assert line["id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["endpoint"], line["status"]) == ("GET", "search.results", 200)
    assert line["account"] == ward.account("officer_kp1").id
    assert line["bytes"] == len(answer.data)
    assert line["queries"]
    assert (found[-1]["endpoint"], found[-1]["status"]) == ("site.calendar", 404)
    assert "Mật" not in json.dumps(found, ensure_ascii=False)
    assert "secret-of-somebody" not in json.dumps(found)


def test_what_machines_ask_all_day_is_not_logged(ward: Ward, nobody: FlaskClient):
    nobody.get("/healthz").close()
    nobody.get("/khong-co").close()
    assert [line["endpoint"] for line in logged(ward)] == ["-"]


def test_an_id_that_a_client_sends_is_not_believed(nobody: FlaskClient):
    assert (
        nobody.get("/healthz", headers={"X-Request-ID": "0123456789"}).headers["X-Request-ID"] != "0123456789"
    )


def test_a_slow_statement_is_noted_without_values(
    ward: Ward, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ward.app.wsgi_app, "slow_after", 0.0)
    client = sign_in("officer_kp1").client
    answer = client.get("/tim?q=Mật")
    found = logged(ward, "slow.jsonl")
    mine = [line for line in found if line["id"] == answer.headers["X-Request-ID"]]
    assert {line["endpoint"] for line in mine} == {"search.results"}
    assert any("SELECT" in str(line["statement"]) for line in mine)
    assert "mat" not in [word for line in mine for word in str(line["statement"]).split()]


def test_an_error_is_kept_for_the_administrators_page(ward: Ward, sign_in: SignIn):
    def fault() -> NoReturn:
        message = "điều bí mật"
        raise LookupError(message)

    ward.app.config["PROPAGATE_EXCEPTIONS"] = False
    ward.app.view_functions["site.help_page"] = fault
    answer = sign_in("officer_kp1").client.get("/tro-giup")
    with ward.app.app_context():
        newest = errors.latest(1)[0]
    assert (newest.id, newest.endpoint, newest.kind) == (
        answer.headers["X-Request-ID"],
        "site.help_page",
        "LookupError",
    )
    assert newest.id in answer.text
    page = sign_in("admin").get("/quan-tri/may-chu")
    assert newest.id in page.text
    assert "LookupError" in page.text
    assert "bí mật" not in page.text


def test_the_page_of_no_such_address_says_the_id(sign_in: SignIn):
    page = sign_in("nobody").get("/khong-co", status=404)
    assert page.headers["X-Request-ID"] in page.text
