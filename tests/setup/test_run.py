"""run.py from a bare folder: what it installs, when, and what it says when it cannot."""

import ast
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[2] / "run.py"
NOWHERE = "http://127.0.0.1:9/simple"


class Project:
    """A folder with run.py, a lock of one library, and a program that repeats what it was told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        shutil.copy(RUN, folder)
        (folder / "pledges").mkdir()
        (folder / "pledges" / "__main__.py").write_text(
            "import sys, tiny\nprint('nhận', sys.argv[1:], tiny.VERSION)\n", encoding="utf-8"
        )
        self.environment = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "COVERAGE"))
            },
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": str(self.wheels),
            "PIP_NO_INDEX": "1",
            "PIP_RETRIES": "0",
            "PYTHONPATH": "",
        }
        self.lock("1.0", self.wheel("1.0"))

    def wheel(self, version: str) -> str:
        """Build a library of one line; the SHA-256 of its wheel."""
        info = f"tiny-{version}.dist-info"
        parts = {
            "tiny.py": f"VERSION = '{version}'\n",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        rows = [f"{info}/RECORD,,"]
        for name, text in parts.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            rows.append(f"{name},sha256={digest},{len(text)}")
        path = self.wheels / f"tiny-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in (parts | {f"{info}/RECORD": "\n".join(rows) + "\n"}).items():
                archive.writestr(name, text)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def lock(self, version: str, digest: str) -> None:
        text = f"tiny=={version} --hash=sha256:{digest}\n"
        (self.folder / "requirements.lock").write_text(text, encoding="utf-8")

    def run(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, str(self.folder / "run.py"), *arguments],
            env=self.environment | environment,
            cwd=self.folder.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def refusal(self, *arguments: str, **environment: str) -> str:
        """What a run that must fail says: one sentence, on stderr."""
        ended = self.run(*arguments, **environment)
        assert ended.returncode == 1
        assert "nhận" not in ended.stdout
        sentence = ended.stderr.strip()
        assert "\n" not in sentence
        assert sentence.endswith(".")
        return sentence


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose environment stands."""
    project = Project(tmp_path_factory.mktemp("du-an"))
    assert project.run().returncode == 0
    return project


@pytest.fixture
def project(made: Project) -> Iterator[Project]:
    """The project as it stands after a first run, whatever a test did to its lock."""
    keep = {
        made.folder / name: (made.folder / name).read_bytes()
        for name in ("requirements.lock", ".venv/installed.json")
    }
    yield made
    for path, content in keep.items():
        path.write_bytes(content)


@pytest.fixture
def bare(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_the_first_run_installs_and_the_second_does_not(bare: Project) -> None:
    first = bare.run("--port", "8123", "--empty")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [
        "Đang lập môi trường .venv…",
        "Đang cài thư viện theo requirements.lock…",
        "nhận ['start', '--port', '8123', '--empty'] 1.0",
    ]
    shutil.rmtree(bare.wheels)
    second = bare.run("create-admin", "quan-tri")
    assert second.returncode == 0, second.stderr
    assert second.stdout.splitlines() == ["nhận ['create-admin', 'quan-tri'] 1.0"]


def test_a_changed_lock_is_installed_and_only_then_noted(project: Project) -> None:
    project.lock("2.0", "0" * 64)
    assert "requirements.lock" in project.refusal()
    assert project.refusal(), "what failed must not count as installed"
    project.lock("2.0", project.wheel("2.0"))
    assert project.run().stdout.splitlines()[-1] == "nhận ['start'] 2.0"
    project.lock("1.0", project.wheel("1.0"))
    assert project.run().stdout.splitlines()[-1] == "nhận ['start'] 1.0"


def test_a_package_that_does_not_match_its_hash_is_refused(project: Project) -> None:
    project.wheel("3.0")
    project.lock("3.0", "0" * 64)
    assert "không khớp mã băm trong requirements.lock" in project.refusal()


@pytest.mark.parametrize("text", ["tiny == = 1\n", "tiny==7.0\n", "tiny>=7\n", "tiny==7.0 --hash=7\n"])
def test_a_broken_lock_is_named(project: Project, text: str) -> None:
    project.wheel("7.0")
    (project.folder / "requirements.lock").write_text(text, encoding="utf-8")
    assert project.refusal() == "Tệp khóa requirements.lock bị hỏng: hãy lấy lại tệp nguyên bản."


def test_a_lock_that_is_not_there_is_named(bare: Project) -> None:
    (bare.folder / "requirements.lock").unlink()
    assert "requirements.lock" in bare.refusal()


def test_without_a_network_it_says_so(project: Project) -> None:
    project.lock("4.0", "0" * 64)
    sentence = project.refusal(PIP_NO_INDEX="0", PIP_RETRIES="1", PIP_INDEX_URL=NOWHERE)
    assert "máy không có mạng" in sentence


def test_a_package_without_a_build_for_this_machine_is_told_apart_from_the_network(project: Project) -> None:
    project.lock("5.0", "0" * 64)
    assert "Không tìm thấy bản dựng sẵn cho máy này" in project.refusal()


def test_without_the_venv_module_it_names_the_package(bare: Project, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import sys\nsys.modules['ensurepip'] = None\n", encoding="utf-8"
    )
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    sentence = bare.refusal(PYTHONPATH=str(hidden), PATH=str(nothing))
    assert "apt install python{}.{}-venv".format(*sys.version_info) in sentence


def test_a_folder_that_cannot_be_written_to_is_named(bare: Project) -> None:
    (bare.folder / ".venv.lock").mkdir()
    assert str(bare.folder / ".venv.lock") in bare.refusal()


def test_an_environment_of_another_place_is_made_anew(project: Project, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(project.folder, moved, symlinks=True)
    other = Project.__new__(Project)
    other.folder, other.wheels, other.environment = moved, moved / "wheels", project.environment
    assert "Đang lập môi trường .venv…" in other.run().stdout


def test_help_needs_no_installation(bare: Project) -> None:
    ended = bare.run("--help")
    assert ended.returncode == 0
    assert "--instance" in ended.stdout
    assert not (bare.folder / ".venv").exists()


def test_an_old_python_is_told_which_one_is_needed() -> None:
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 6))
    program = f"import sys, runpy; sys.version_info = (3, 6, 9, 'final', 0); runpy.run_path({str(RUN)!r})"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.strip() == "Cần Python 3.11 trở lên; máy này đang chạy Python 3.6."
