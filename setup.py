"""The wheel: templates, static and config.py stand beside the package and are carried inside it."""

from pathlib import Path
from shutil import rmtree
from typing import ClassVar

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
BESIDE = {"pledges.templates": "templates", "pledges.static": "static"}


class BuildWithConfig(build_py):
    """Adds `config.py`, which is a file beside the package and no package itself."""

    carried: ClassVar[dict[str, str]] = {"config.py": "pledges/config.py"}

    def run(self) -> None:
        """Build from nothing; an editable install finds the files where they stand."""
        if not self.editable_mode:  # what an earlier build left would be packed too
            rmtree(Path(self.build_lib) / "pledges", ignore_errors=True)
        super().run()
        if not self.editable_mode:
            for source, target in self.carried.items():
                self.copy_file(str(ROOT / source), str(Path(self.build_lib) / target))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: FBT001, FBT002 - setuptools' own
        """What is installed."""
        added = [str(Path(self.build_lib) / target) for target in self.carried.values()]
        return super().get_outputs(include_bytecode) + added

    def get_source_files(self) -> list[str]:
        """What a source archive must hold."""
        return [*super().get_source_files(), *self.carried, "requirements.in"]


def requirements() -> list[str]:
    """What the package needs: `requirements.in`, without its comments."""
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def version() -> str:
    """The version as the program itself says it; read, since the program's libraries aren't there yet."""
    text = (ROOT / "pledges" / "version.py").read_text(encoding="utf-8")
    return text.partition('VERSION = "')[2].partition('"')[0]


setup(
    name="pledges",
    version=version(),
    description="A ward office's emulation campaigns, from registration to the printed report",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="MIT",
    license_files=["LICENSE"],
    python_requires=">=3.11",
    install_requires=requirements(),
    packages=[*find_packages(include=["pledges", "pledges.*"]), *BESIDE],
    package_dir=BESIDE,
    package_data={
        **{package: ["**/*"] for package in BESIDE},
        "pledges": ["demo/data/*", "accounts/data/*", "migrations/*", "migrations/versions/*"],
    },
    cmdclass={"build_py": BuildWithConfig},
    entry_points={"console_scripts": ["pledges = pledges.__main__:main"]},
    zip_safe=False,
)
