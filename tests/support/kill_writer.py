"""The point as a process of its own, to be killed: prints what it was told is safe, as soon as it is.

usage: python -m tests.support.kill_writer HOME COMPILED save|hand_over
``save`` opens the newest draft (or begins one) and answers and saves for ever; ``hand_over`` completes
dossiers with a paper and hands them over for ever. One line per acknowledged fact.
"""

import sys
from pathlib import Path

from kiosk.desk import attach_papers, choose, fill, hand_over, opening, today, welcome
from kiosk.desk.desk import Desk
from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import Road
from kiosk.packs.content import assets_folder, load_content
from tests.support.content import DAY
from tests.support.pictures import jpeg
from tests.support.points import PIN
from tests.support.visits import ALL_BUT_CONTACT, answer_everything, begin

TEXTS = ("tre_ho_ten", "me_ho_ten", "cha_ho_ten", "gcnkh_so", "gcnkh_noi")


def say(*words: object) -> None:
    print(*words, flush=True)


def save_for_ever(desk: Desk) -> None:
    drafts = today.all_drafts(desk)
    if drafts:
        dossier = drafts[0].dossier
    else:
        visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Thử", "bác")
        dossier = choose.start_dossier(desk, visit, "khai_sinh", Road.COMMUNE)
    say("dossier", dossier)
    filling = fill.open_filling(desk, dossier)
    number = max([int(filling.value(name).split()[-1]) for name in TEXTS if filling.value(name)], default=0)
    while True:
        number += 1
        name, place = TEXTS[number % len(TEXTS)], f"trang_{number}"
        filling.answer(name, f"Nguyễn Thị {number}")
        fill.save(desk, filling, [name], place)
        say("saved", name, number, place)


def hand_over_for_ever(desk: Desk) -> None:
    while True:
        _, filling = begin(desk)
        answer_everything(desk, filling)
        attach_papers.attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(120, 160)])
        say("ready", filling.dossier)
        done = hand_over.hand_over(desk, filling)
        say("queued", done.dossier)


def main(home: str, compiled: str, what: str) -> None:
    content = load_content(assets_folder(), Path(compiled), DAY)
    desk = opening.unlock(Path(home), content, SystemClock(), PIN)
    say("open")
    {"save": save_for_ever, "hand_over": hand_over_for_ever}[what](desk)


if __name__ == "__main__":
    main(*sys.argv[1:])
