"""Search as one types beside SQLite's FTS5 with trigrams, ranked, in the same run.

1,782 procedures (names put together from real words) and every place name of ``assets/lists``, today's and
former: each key of each query is one search. Then 120 names typed with one slip each.
"""

import csv
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kiosk.catalogue.search import Entry, SearchIndex
from kiosk.domain.folding import fold_loosely
from tests.bench.figure import Figure

LISTS = Path(__file__).parents[2] / "assets" / "lists"
ROUNDS = 5
SHOWN = 20
LETTERS = 24
"""Of a long name nobody types more."""
VERBS = [
    "Đăng ký",
    "Cấp",
    "Cấp lại",
    "Xác nhận",
    "Thẩm định",
    "Công nhận",
    "Hỗ trợ",
    "Giải quyết",
    "Đính chính",
    "Thu hồi",
    "Gia hạn",
    "Bổ sung",
]
OBJECTS = [
    "khai sinh",
    "khai tử",
    "kết hôn",
    "giám hộ",
    "thường trú",
    "tạm trú",
    "thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi",
    "giấy chứng nhận quyền sử dụng đất",
    "trợ cấp mai táng phí",
    "hộ kinh doanh",
    "giấy phép xây dựng",
    "bản sao trích lục hộ tịch",
    "chế độ mai táng",
    "hộ nghèo, hộ cận nghèo",
    "người khuyết tật",
    "giấy phép lái xe",
    "lý lịch tư pháp",
    "nuôi con nuôi",
    "khoản hỗ trợ hằng tháng",
    "chứng thực chữ ký",
]
ENDS = [
    "có yếu tố nước ngoài",
    "lưu động",
    "tại khu vực biên giới",
    "đối với cá nhân",
    "đối với tổ chức",
    "trực tuyến",
    "liên thông",
    "thuộc thẩm quyền cấp xã",
    "thuộc thẩm quyền cấp tỉnh",
    "cho người đã có hồ sơ giấy tờ cá nhân",
]
QUERIES = (
    "dang ky khai sinh luu dong", "mai tang phi", "the bao hiem y te", "ho kinh doanh", "hoa vang", "tam ky",
    "ba na", "phuong hai chau", "xa ea kar", "trich luc", "ly lich tu phap",
)  # fmt: skip

Search = Callable[[str], Sequence[int]]


def names(chance: random.Random) -> list[str]:
    """Procedures first, then communes of today with their province, then former ones with their district."""
    made = [
        f"{chance.choice(VERBS)} {chance.choice(OBJECTS)} {chance.choice(ENDS)} ({n})" for n in range(1782)
    ]
    provinces = {row["name"]: row["label"] for row in _rows("tinh")}
    today = [f"{row['label']}, {provinces[row['tinh']]}" for row in _rows("xa")]
    former = dict.fromkeys(f"{row['xa']}, {row['huyen']}, {row['tinh']}" for row in _rows("xa_cu"))
    return [*made, *provinces.values(), *today, *former]


def mistyped(text: str, chance: random.Random) -> str:
    """The text with one letter dropped, swapped with its neighbour, or replaced."""
    at = chance.randrange(1, len(text) - 1)
    other = chance.choice("abcdeghiklmnopqrstuvxy")
    dropped, swapped = text[:at] + text[at + 1 :], text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return chance.choice((dropped, swapped, text[:at] + other + text[at + 1 :]))


def ours(documents: Sequence[str]) -> Search:
    index = SearchIndex(Entry(number, (name,)) for number, name in enumerate(documents))
    return lambda query: index.find(query, SHOWN)


def trigrams(documents: Sequence[str]) -> Search:
    """FTS5 over our folded names, because it does not fold đ; below three letters it has to scan."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.execute("create virtual table names using fts5(name, tokenize='trigram', content='')")
    database.execute("create table plain (name text)")
    rows = [(fold_loosely(name),) for name in documents]
    database.execute("begin")
    database.executemany("insert into names (rowid, name) values (?, ?)", enumerate(n for (n,) in rows))
    database.executemany("insert into plain (rowid, name) values (?, ?)", enumerate(n for (n,) in rows))
    database.execute("commit")

    def search(query: str) -> list[int]:
        if len(query) < 3:
            asked = "select rowid from plain where name like ? limit ?", (f"%{query}%", SHOWN)
        else:
            asked = "select rowid from names where names match ? order by rank limit ?", (f'"{query}"', SHOWN)
        return [row for (row,) in database.execute(*asked)]

    return search


def keystrokes() -> Iterator[str]:
    for query in QUERIES:
        yield from (query[:end] for end in range(1, len(query) + 1) if not query[:end].endswith(" "))


def found(search: Search, documents: Sequence[str], chance: random.Random) -> int:
    """Of 120 names typed with one slip, how many are among those shown."""
    asked = chance.sample(range(len(documents)), 120)
    typed = [(number, fold_loosely(documents[number].split(" (")[0])[:LETTERS].strip()) for number in asked]
    return sum(number in search(mistyped(text, chance)) for number, text in typed)


def run() -> list[Figure]:
    """95th percentile in milliseconds per key, and names found despite a slip."""
    chance = random.Random(3)
    documents = names(chance)
    legs = {"ours": ours(documents), "peer": trigrams(documents)}
    taken: dict[str, list[float]] = {name: [] for name in legs}
    for query in keystrokes():
        tries: dict[str, list[float]] = {name: [] for name in legs}
        for name in chance.sample(list(legs) * ROUNDS, len(legs) * ROUNDS):
            start = time.perf_counter()
            legs[name](query)
            tries[name].append((time.perf_counter() - start) * 1000)
        for name, times in tries.items():  # the middle of some tries: the machine has other work, too
            taken[name].append(statistics.median(times))
    slow = {name: statistics.quantiles(times, n=20)[-1] for name, times in taken.items()}
    middle = {name: statistics.median(times) for name, times in taken.items()}
    right = {name: found(search, documents, random.Random(7)) for name, search in legs.items()}
    note = f"{len(documents)} names; medians {middle['ours']:.2f} and {middle['peer']:.2f} ms"
    return [
        Figure("search, 95 % of keys, beside FTS5 trigrams", slow["ours"], slow["peer"], "ms", 1.0, note),
        Figure(
            "names missed of 120 mistyped",
            120 - right["ours"],
            1,
            "n",
            2.0,
            f"FTS5 misses {120 - right['peer']}",
        ),
    ]


def _rows(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    for figure in run():
        print(figure.line())
