"""The point as a process of its own, to be killed: prints what it was told is safe, as soon as it is.

usage: python -m tests.support.kill_writer HOME COMPILED save|hand_over [TIMES]
``save`` opens the newest draft (or begins one), answers and saves; ``hand_over`` hands over copies of the
home's complete draft, with a paper. Without TIMES for ever. One line per acknowledged fact.
"""

import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from kiosk.desk import attach_papers, choose, fill, hand_over, opening, today, welcome
from kiosk.desk.desk import Desk
from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import Road
from kiosk.packs.content import assets_folder, load_content
from kiosk.storage import drafts
from tests.support.content import DAY
from tests.support.pictures import jpeg
from tests.support.points import PIN
from tests.support.visits import ALL_BUT_CONTACT, tick_everything

TEXTS = ("tre_ho_ten", "me_ho_ten", "cha_ho_ten", "gcnkh_so", "gcnkh_noi")
TEMPLATE = "template"
"""Place of the complete draft whose copies are handed over."""


def say(*words: object) -> None:
    print(*words, flush=True)


def new_dossier(desk: Desk) -> str:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Thử", "bác")
    return choose.start_dossier(desk, visit, "khai_sinh", Road.COMMUNE)


def save(desk: Desk, times: Iterable[int]) -> None:
    begun = today.all_drafts(desk)
    dossier = begun[0].dossier if begun else new_dossier(desk)
    say("dossier", dossier)
    filling = fill.open_filling(desk, dossier)
    number = max([int(filling.value(name).split()[-1]) for name in TEXTS if filling.value(name)], default=0)
    for _ in times:
        number += 1
        name, place = TEXTS[number % len(TEXTS)], f"trang_{number}"
        filling.answer(name, f"Nguyễn Thị {number}")
        fill.save(desk, filling, [name], place)
        say("saved", name, number, place)


def hand_over_copies(desk: Desk, times: Iterable[int]) -> None:
    (template,) = (draft for draft in today.all_drafts(desk) if draft.place == TEMPLATE)
    with desk.database.read() as connection:
        answers = drafts.answers_of(connection, template.dossier, 1)
    for _ in times:
        dossier = new_dossier(desk)
        with desk.database.write() as connection:
            drafts.save(connection, dossier, 1, answers, "review", template.changed_at)
        attach_papers.attach(desk, dossier, "giay_chung_sinh", [jpeg(120, 160)])
        filling = fill.open_filling(desk, dossier)
        tick_everything(desk, filling)
        say("ready", dossier)
        hand_over.hand_over(desk, filling)
        say("queued", dossier)


def main(home: str, compiled: str, what: str, times: str = "") -> None:
    content = load_content(assets_folder(), Path(compiled), DAY)
    desk = opening.unlock(Path(home), content, SystemClock(), PIN)
    say("open")
    work = {"save": save, "hand_over": hand_over_copies}[what]
    work(desk, range(int(times)) if times else count())


if __name__ == "__main__":
    main(*sys.argv[1:])
