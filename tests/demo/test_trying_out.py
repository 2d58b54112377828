"""One click per role, only where nobody but this machine can reach the demo."""

import pytest

from pledges import create_app
from tests.support import apps
from tests.support.page import Page

ROLES = {
    "can-bo": "Bí thư chi bộ, Khu trưởng khu phố 1",
    "lanh-dao": "Chủ tịch UBND phường",
    "van-thu": "Văn thư UBND phường",
    "quan-tri": "Quản trị hệ thống",
}


def sign_in_page(client):
    return Page("/dang-nhap", client.get("/dang-nhap"))


@pytest.mark.parametrize("role", ROLES)
def test_one_click_signs_in(demo, role):
    client = demo.test_client()
    form = sign_in_page(client).form(f"/dung-thu/{role}")
    answer = client.post(f"/dung-thu/{role}", data=form.fields)
    assert answer.status_code == 302
    home = client.get("/").text
    assert ROLES[role] in home
    assert "Dữ liệu minh họa" in home
    assert "15/10/2024" in home


def test_a_click_without_its_token_signs_nobody_in(demo):
    client = demo.test_client()
    client.post("/dung-thu/lanh-dao", data={})
    assert client.get("/").status_code == 302


def test_an_unknown_role_is_not_found(demo):
    client = demo.test_client()
    form = sign_in_page(client).form("/dung-thu/can-bo")
    assert client.post("/dung-thu/chu-tich-nuoc", data=form.fields).status_code == 404


@pytest.mark.parametrize(
    "settings",
    [{"HOST": "0.0.0.0", "TRUSTED_HOSTS": ["thidua.example.vn"], "HTTPS": True, "PROXIES": 1}, {}],
    ids=["another address", "a server of its own"],
)
def test_elsewhere_there_is_no_such_door(demo, settings):
    app = create_app({"INSTANCE": demo.config["INSTANCE"], "TESTING": True, **settings})
    host = "thidua.example.vn" if settings else "localhost"
    client = app.test_client()
    page = client.get("/dang-nhap", base_url=f"https://{host}")
    assert page.status_code == 200
    assert "dung-thu" not in page.text
    assert client.post("/dung-thu/lanh-dao", data={}, base_url=f"https://{host}").status_code == 404
    apps.close(app)


def test_a_form_sent_after_the_session_ended_comes_back_by_one_click_too(demo):
    client = demo.test_client()
    client.post("/dung-thu/can-bo", data=sign_in_page(client).form("/dung-thu/can-bo").fields)
    form = Page("/phan-viec/dang-ky", client.get("/phan-viec/dang-ky")).form()
    client.delete_cookie("session")
    for cookie in list(client._cookies or ()):
        client.delete_cookie(cookie[2])
    refused = Page(
        "/phan-viec/dang-ky",
        client.post("/phan-viec/dang-ky", data={**form.fields, "title": "Việc đang gõ dở"}),
    )
    assert refused.status == 401
    again = refused.form("/dung-thu/can-bo")
    answer = client.post("/dung-thu/can-bo", data=again.fields)
    assert "Việc đang gõ dở" in client.get(answer.location).text
