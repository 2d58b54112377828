"""Under which names the server answers."""

from pathlib import Path

import pytest

from pledges import create_app

SETTINGS = {"SECRET_KEY": "0f3c9a61d2b84e75a1c6f09b7d3e5428", "TRUSTED_HOSTS": "thidua.vn"}


@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/khong-co"])
def test_a_name_that_is_not_ours_gets_plain_words_and_no_page(tmp_path: Path, path: str) -> None:
    answer = (
        create_app({"INSTANCE": tmp_path, **SETTINGS}).test_client().get(path, headers={"Host": "khac.vn"})
    )
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert answer.text == "Máy chủ không phục vụ dưới tên này."


def test_under_its_own_name_the_server_answers_with_pages(tmp_path: Path) -> None:
    client = create_app({"INSTANCE": tmp_path, **SETTINGS}).test_client()
    answer = client.get("/dang-nhap", headers={"Host": "thidua.vn"})
    assert answer.mimetype == "text/html"
