"""A point at the far end of a bad line: hands over real dossiers, then sends them and tells what it took.

usage: python -m tests.bench.link_point URL AUTHORITY CODE IDENTITY DOSSIERS

``IDENTITY`` is the commune's key file, to know how long the plain JSON was. Prints one line of JSON.
"""

import argparse
import http.client
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from kiosk.desk import hand_over, opening
from kiosk.desk.desk import Desk
from kiosk.domain.clock import SystemClock
from kiosk.envelope.payload import to_json
from kiosk.envelope.seal import open_sealed
from kiosk.storage import link, outbox
from sync.client.enrol import enrol
from sync.client.loop import Link, open_link, run_round
from tests.support.content import real_content
from tests.support.points import CHEAP, PIN
from tests.support.visits import answer_everything, begin, tick_everything

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương")
MIDDLE = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Quang", "Thu", "Kim", "Xuân", "Gia", "Bảo")
GIVEN = ("An", "Bình", "Châu", "Dung", "Giang", "Hà", "Hạnh", "Hoa", "Hùng", "Khánh", "Lan", "Linh", "Phúc")


@contextmanager
def counting() -> Iterator[list[int]]:
    """Lengths of what HTTP hands to TLS meanwhile: request lines, headers and bodies."""
    lengths: list[int] = []
    original = http.client.HTTPConnection.send

    def send(connection: http.client.HTTPConnection, data: Any) -> None:
        lengths.append(len(data))
        original(connection, data)

    http.client.HTTPConnection.send = send  # type: ignore[method-assign]
    try:
        yield lengths
    finally:
        http.client.HTTPConnection.send = original  # type: ignore[method-assign]


def name(chance: Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def queue_birth(desk: Desk, chance: Random) -> None:
    """A birth with people of its own, handed over as at the screen."""
    _, filling = begin(desk)
    answer_everything(desk, filling)
    mother, number = name(chance), f"04819{chance.randrange(10)}{chance.randrange(10**6):06d}"
    for role in ("yc", "me"):
        filling.answer(f"{role}_ho_ten", mother)
        filling.answer(f"{role}_giay_to.so", number)
    filling.answer("tre_ho_ten", name(chance))
    filling.answer("cha_ho_ten", name(chance))
    filling.answer("cha_giay_to.so", f"048090{chance.randrange(10**6):06d}")
    filling.answer("gcnkh_so", f"{chance.randrange(1, 99)}/{chance.randrange(2018, 2026)}")
    tick_everything(desk, filling)
    hand_over.hand_over(desk, filling)


def enrolled_desk(home: Path, url: str, authority: str, code: str) -> Desk:
    desk = opening.create(home, real_content(), SystemClock(), "Lê Văn Thử", PIN, CHEAP)
    found = enrol(url, code, authority, desk.secrets.signing_key, desk.secrets.sealing_identity)
    with desk.database.write() as connection:
        link.save_enrolment(connection, *found)
    return desk


def send_all(desk: Desk, line: Link, most_seconds: float = 300.0) -> float:
    """Seconds from the first packet until every dossier has its receipt, with the pauses that are due."""
    began = time.monotonic()
    while True:
        outcome = run_round(line)
        with desk.database.read() as connection:
            if not outbox.summary(connection).waiting:
                return time.monotonic() - began
        if time.monotonic() - began > most_seconds:
            raise TimeoutError(outcome.error_code)
        time.sleep(0.0 if outcome.more else outcome.wait_seconds)


def measure(options: argparse.Namespace, home: Path) -> dict[str, float]:
    """Everything before the first round happens beside the clock; the line begins cold."""
    desk = enrolled_desk(home, options.url, options.authority.read_text("ascii"), options.code)
    chance = Random(5)
    for _ in range(options.dossiers):
        queue_birth(desk, chance)
    with desk.database.read() as connection:
        items = outbox.waiting(connection, 10**9)
    words, key = desk.content.dictionaries, options.identity.read_text("ascii").strip()
    plain = [to_json(open_sealed(item.body, key, words.__getitem__).payload) for item in items]
    line = open_link(desk.database, desk.secrets.sealing_identity, desk.secrets.signing_key, SystemClock())
    assert line is not None
    with counting() as sent:
        seconds = send_all(desk, line)
    line.transport.close()
    opening.close(desk)
    sealed = sum(len(item.body) for item in items)
    return {"seconds": seconds, "sealed": sealed, "plain": sum(map(len, plain)), "http": sum(sent)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("authority", type=Path)
    parser.add_argument("code")
    parser.add_argument("identity", type=Path)
    parser.add_argument("dossiers", type=int)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(parser.parse_args(), Path(folder) / "point")))


if __name__ == "__main__":
    main()
