"""A PostgreSQL of our own: Debian's binaries, a private folder and port, gone afterwards."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")


def is_there() -> bool:
    return (BINARIES / "initdb").exists()


@contextmanager
def running(folder: Path, *, durable: bool = False) -> Iterator[str]:
    """The URL of its maintenance database, ``postgresql+psycopg://…/postgres``.

    The server refuses to run as root, so that root lends it the account ``postgres``, to which the folders
    above must be open. ``durable`` flushes every commit to the disk, as a real one does; tests need not wait.
    """
    folder.mkdir(parents=True)
    data, port = folder / "data", _free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _as_postgres("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder}"
    options += "" if durable else " -c fsync=off"
    log = str(folder / "log")
    _as_postgres("pg_ctl", "-D", str(data), "-l", log, "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        _as_postgres("pg_ctl", "-D", str(data), "-m", "immediate", "stop")


def _as_postgres(program: str, *arguments: str) -> None:
    command = [str(BINARIES / program), *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
    subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
