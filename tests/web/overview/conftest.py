"""The demo's campaign behind a critic: its pages are held against the tables derived by hand."""

from collections.abc import Callable, Iterator

import pytest

from tests.support import apps, world
from tests.support.clock import Hands
from tests.support.critic import Critic
from tests.support.demos import Demo, opened
from tests.support.ward import Ward


@pytest.fixture(scope="session")
def ha_khanh(loaded_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    app = opened(loaded_demo.copy(tmp_path_factory.mktemp("ha-khanh") / "instance"))
    app.config["HANDS"] = Hands(world.DAY)
    apps.watch(app)
    ward = Ward(app)
    yield ward
    ward.close()


@pytest.fixture
def in_demo(ha_khanh: Ward) -> Callable[[str], Critic]:
    """`in_demo("chutich")`: that person's browser in the demo, which is only read."""
    return lambda name: Critic(ha_khanh, name)
