"""PostgreSQL was restarted, or dropped its connections: people notice nothing."""

import psycopg
import pytest

from tests.support import apps
from tests.support.critic import Critic
from tests.support.databases import Database, Postgres
from tests.support.postgres import NAME
from tests.support.ward import Ward


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_dropped_connections_are_made_anew(database: Database, postgres: Postgres):
    ward = database.ward()
    ward.task()
    lan = Critic(ward, "officer_kp1")
    form = lan.get("/phan-viec/dang-ky").form()
    ward.settle()
    drop_all(postgres, ward)
    typed = {"title": "Trồng cây", "start_on": "15/10/2024", "due_on": "31/12/2024", "act": "draft"}
    lan.send_form(form, typed, button="Lưu nháp")
    drop_all(postgres, ward)
    assert "Trồng cây" in lan.get("/phan-viec").text


def drop_all(postgres: Postgres, ward: Ward) -> None:
    address = f"host={postgres.server.folder} user={NAME} dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        asked = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        assert connection.execute(asked, [apps.engine_of(ward.app).url.database]).fetchall()
