"""What the commune said: applied once, in order, in one transaction with its cursor."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from kiosk.domain.dossier import AT_COMMUNE, State
from kiosk.domain.events import NewsItem
from kiosk.storage import adopted, drafts, erased, link, results, withdrawn
from kiosk.storage.tables import dossiers, news

COMMUNE_STATES = AT_COMMUNE | {State.HANDED_BACK}
"""What the commune may say. It owns the status, so its word counts whatever this point missed."""
MESSAGE = "message"
"""State of an item that is for the point itself."""
_FINISHED = frozenset({State.WITHDRAWN, State.HANDED_BACK, State.ERASED})


def apply(connection: Connection, items: Sequence[NewsItem], cursor: int) -> list[Path]:
    """Keep the items beyond the cursor, let the dossiers follow, and move the cursor (never back).

    An item about a dossier or state that this point does not know is kept and changes nothing. Returns sealed
    papers of dossiers that the commune erased or that were withdrawn there: files to remove after the commit.
    """
    state = link.get(connection)
    files: list[Path] = []
    for item in sorted(items, key=lambda item: item.number):
        if item.number > state.cursor:
            if item.state == State.ERASED:
                files += erased.erase(connection, item.dossier, item.at)
                continue
            _keep(connection, item)
            if item.state == State.WITHDRAWN:
                files += _withdraw(connection, item)
                continue
            _follow(connection, item)
    link.put(connection, replace(state, cursor=max(state.cursor, cursor)))
    return files


def _keep(connection: Connection, item: NewsItem) -> None:
    values = {
        "number": item.number,
        "dossier": item.dossier,
        "revision": item.revision,
        "state": item.state,
        "at": item.at,
        "sentence": item.sentence,
        "portal_code": item.portal_code,
        "papers": json.dumps(item.papers),
        "answers": json.dumps(item.answers, ensure_ascii=False),
        "form": item.form,
        "form_version": item.form_version,
        "day": item.day,
    }
    connection.execute(insert(news).prefix_with("OR REPLACE").values(**values))


def _follow(connection: Connection, item: NewsItem) -> None:
    standing = _standing(connection, item.dossier)
    if standing is None and item.facts is not None and item.state in COMMUNE_STATES:
        adopted.adopt(connection, item, item.facts)
        standing = _standing(connection, item.dossier)
    if standing is None or item.revision < standing[1]:
        return
    if item.state not in COMMUNE_STATES or standing[0] in _FINISHED:
        return
    drafts.lift(connection, item.dossier, item.revision)
    values = {"state": item.state, "sentence": item.sentence, "changed_at": item.at, "reason": ""}
    values["asked_papers"] = json.dumps([kind for kind in item.papers if kind.strip()])
    if item.portal_code:
        values["portal_code"] = item.portal_code
    connection.execute(update(dossiers).where(dossiers.c.id == item.dossier).values(**values))
    if item.result is not None and item.state == State.RESULT_READY:
        results.expect(connection, item.dossier, item.result)
    else:
        results.forget(connection, item.dossier)


def _withdraw(connection: Connection, item: NewsItem) -> list[Path]:
    """The person took it back at the commune: all of it, a later revision that waits here, too."""
    standing = _standing(connection, item.dossier)
    if standing is None or standing[0] in _FINISHED:
        return []
    forget_answers(connection, item.dossier)
    results.forget(connection, item.dossier)
    return withdrawn.close(connection, item.dossier, item.at, item.sentence)


def _standing(connection: Connection, dossier: str) -> tuple[State, int] | None:
    """State and revision of a dossier; ``None`` for one that this point does not know."""
    query = select(dossiers.c.state, dossiers.c.revision).where(dossiers.c.id == dossier)
    row = connection.execute(query).one_or_none()
    return (State(row.state), row.revision) if row else None


def of_dossier(connection: Connection, dossier: str) -> list[NewsItem]:
    """Everything said about a dossier, oldest first."""
    query = select(news).where(news.c.dossier == dossier).order_by(news.c.number)
    return [_item(row) for row in connection.execute(query).mappings()]


def day_of(connection: Connection, dossier: str) -> str:
    """The day that the last word about a dossier named (ISO 8601); empty for none."""
    query = select(news.c.day).where(news.c.dossier == dossier).order_by(news.c.number.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def messages(connection: Connection) -> list[NewsItem]:
    """What the commune said to this point itself, newest first."""
    query = select(news).where(news.c.state == MESSAGE).order_by(news.c.number.desc())
    return [_item(row) for row in connection.execute(query).mappings()]


def forget_message(connection: Connection, number: int) -> None:
    """It was read."""
    connection.execute(delete(news).where(news.c.number == number, news.c.state == MESSAGE))


def forget_answers(connection: Connection, dossier: str) -> None:
    """The answers that came back are in a draft now (or not wanted): keep no second copy."""
    connection.execute(update(news).where(news.c.dossier == dossier).values(answers="[]"))


def _item(row: RowMapping) -> NewsItem:
    lists = {
        "papers": tuple(json.loads(row["papers"])),
        "answers": tuple((name, value) for name, value in json.loads(row["answers"])),
    }
    return NewsItem(**{**row, **lists})
