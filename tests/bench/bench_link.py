"""Forty dossiers over 256 kbit/s, 600 ms there and back, 5 % of the packets lost each way.

Two network namespaces and ``bad_link.c`` between them (root and gcc are needed). Floor: the sealed bytes
at the rate of the line, one round trip for TCP, one for TLS and one for the exchange.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.client.loop import run_round
from sync.hub.home import Home
from sync.hub.running import LOG_FILE, start_trial_hub
from tests.bench.figure import Figure
from tests.bench.link_point import counting
from tests.faults.campaign import enrolled
from tests.support.point import talk

HERE = Path(__file__).parent
NEAR, FAR = "10.9.0.1", "10.9.0.2"
RATE, ONE_WAY_MS, LOSS = 256_000, 300, 0.05
QUEUE = 30_000
"""Bytes that the line holds back before it drops: about a second of it."""
DOSSIERS = 40
RUNS = 5
SCAN = 300_000
ROUND_TRIPS = 3


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "bad_link"
        subprocess.run(["gcc", "-O2", "-o", str(program), str(HERE / "bad_link.c")], check=True)
        told = [measure(program, Path(folder) / f"hub-{seed}", seed) for seed in range(RUNS)]
    seconds = statistics.median(one["seconds"] for one in told)
    sealed = statistics.median(one["sealed"] for one in told)
    floor = sealed * 8 / RATE + ROUND_TRIPS * 2 * ONE_WAY_MS / 1000
    each = ", ".join(f"{one['seconds']:.1f}" for one in told)
    plain, http = told[0]["plain"] / DOSSIERS, told[0]["http"] / DOSSIERS
    note = f"TLS; medians of {RUNS} runs ({each} s); {sealed / DOSSIERS:.0f} sealed bytes a dossier"
    return [
        Figure("40 dossiers over 256 kbit/s, 600 ms, 5 % loss", seconds, floor, "s", 1.5, note),
        Figure("HTTP bytes of a dossier beside its plain JSON", http, plain, "B", 0.30, "headers included"),
        Figure("HTTP bytes of a scan beside its size", scan(), SCAN, "B", 1.06, "warm, clean line"),
    ]


def scan() -> float:
    """HTTP bytes from the accepted event to its receipt, its scan included, on this machine."""
    with tempfile.TemporaryDirectory() as folder:
        hub = start_trial_hub(Path(folder) / "hub")
        with enrolled(Path(folder), hub, hub.url, hub.authority) as (point, line):
            run_round(line)
            with counting() as sent:
                point.queue(papers=(SCAN,))
                talk(line)
            assert set(point.states().values()) == {"received"}
        hub.stop()
    return sum(sent)


def measure(program: Path, home: Path, seed: int) -> dict[str, float]:
    """One run on a new line with a new hub and a new point."""
    with lines(program, seed) as (near, far), hub_in(far, home) as url:
        code = (home / "enrol-code.txt").read_text("ascii").strip()
        command = [sys.executable, "-X", "utf8", "-m", "tests.bench.link_point", url]
        command += [str(home / "authority.pem"), code, str(Home(home).commune_key), str(DOSSIERS)]
        done = subprocess.run([*within(near), *command], stdout=subprocess.PIPE, encoding="utf-8", check=True)
        told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return told


@contextmanager
def lines(program: Path, seed: int) -> Iterator[tuple[str, str]]:
    """Two namespaces, named for this process, that see each other over the bad line only."""
    near, far = f"near{os.getpid()}", f"far{os.getpid()}"
    for space in (near, far):
        subprocess.run(["ip", "netns", "add", space], check=True)
    numbers = [str(each) for each in (RATE, ONE_WAY_MS, LOSS, QUEUE, seed)]
    link = subprocess.Popen(
        [str(program), near, far, *numbers], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    try:
        assert link.stderr is not None
        link.stderr.readline()
        for space, device, address in ((near, "a0", NEAR), (far, "b0", FAR)):
            subprocess.run(["ip", "-n", space, "addr", "add", f"{address}/24", "dev", device], check=True)
            subprocess.run(["ip", "-n", space, "link", "set", device, "up"], check=True)
            subprocess.run(["ip", "-n", space, "link", "set", "lo", "up"], check=True)
        yield near, far
    finally:
        link.send_signal(signal.SIGTERM)
        link.wait()
        for space in (near, far):
            subprocess.run(["ip", "netns", "del", space], check=True)


@contextmanager
def hub_in(space: str, home: Path) -> Iterator[str]:
    """A trial hub that listens at the far end; its address."""
    hub = [sys.executable, "-X", "utf8", "-m", "sync.hub"]
    subprocess.run(
        [*hub, "init", "--trial", "--home", str(home), "--hostname", FAR],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with (home / LOG_FILE).open("wb") as log:
        command = [*within(space), *hub, "serve", "--home", str(home), "--host", FAR]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, encoding="utf-8")
    with running:
        try:
            assert running.stdout is not None
            yield running.stdout.readline().split()[1]
        finally:
            running.terminate()


def within(space: str) -> list[str]:
    return ["ip", "netns", "exec", space]
