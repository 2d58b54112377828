"""The wheel, built from the files of the tree and installed alone, serves what the tree serves."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def files_of_the_tree() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network from a copy of the tree."""
    tree = tmp_path_factory.mktemp("tree")
    for name in files_of_the_tree():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    left = tree / "build" / "lib" / "pledges" / "left_by_an_earlier_build.py"
    left.parent.mkdir(parents=True)
    left.write_text("", encoding="utf-8")
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tree / "dist")]
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", *options, "."], cwd=tree, check=True)
    return next((tree / "dist").glob("pledges-*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel alone, over the libraries of this one."""
    folder = tmp_path_factory.mktemp("clean")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    places = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    (Path(places["purelib"]) / "libraries.pth").write_text(
        sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8"
    )
    options = ["--no-index", "--no-deps", "--target", places["purelib"]]
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *options, str(wheel)], check=True)
    return Path(places["scripts"]) / ("python.exe" if sys.platform == "win32" else "python")


def test_the_wheel_carries_pages_look_settings_migrations_and_the_demo(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    carried = {"config.py": "pledges/config.py"}
    for name in files_of_the_tree():
        folder = name.split("/", 1)[0]
        if folder in {"templates", "static"}:
            carried[name] = f"pledges/{name}"
        elif folder == "pledges":
            carried[name] = name
    assert not {target for target in carried.values() if target not in inside}
    assert {name for name in inside if ".dist-info/" not in name} == set(carried.values())


VISIT = """
import json, re, sys
import pledges
from pledges.preparation import prepare

client = prepare({"INSTANCE": sys.argv[1], "HOST": "127.0.0.1"}, demo=True).test_client()
page = client.get("/dang-nhap")
style = client.get(re.search(r'href="(/static/css/[^"]+)"', page.text)[1])
button = re.search(r'<form[^>]*action="/dung-thu/lanh-dao".*?</form>', page.text, re.DOTALL)[0]
hidden = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]+)"', button))
home = client.post("/dung-thu/lanh-dao", data=hidden, follow_redirects=True)
listing = client.get("/van-ban")
paper = client.get(re.search(r'href="([^"]+[.]pdf)[^"]*"', listing.text)[1])
print(json.dumps({
    "package": pledges.__file__,
    "sign in": [page.status_code, "Đăng nhập" in page.text],
    "style": [style.status_code, style.mimetype, len(style.data) > 1000],
    "home": [home.status_code, "dữ liệu minh họa" in home.text.lower()],
    "paper": [paper.status_code, paper.mimetype, paper.data[:5].decode("ascii")],
}))
"""


def test_from_another_folder_it_serves_a_page_a_style_sheet_and_a_pdf(python: Path, tmp_path: Path) -> None:
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PLEDGES_", "COVERAGE", "PYTHON"))
    }
    ended = subprocess.run(
        [str(python), "-c", VISIT, str(tmp_path / "kho")],
        cwd=tmp_path,
        env={**kept, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    assert Path(seen.pop("package")).is_relative_to(python.parents[1])
    assert seen == {
        "sign in": [200, True],
        "style": [200, "text/css", True],
        "home": [200, True],
        "paper": [200, "application/pdf", "%PDF-"],
    }
