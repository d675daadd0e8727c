"""How points stand, as they last said, and messages for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from sync.hub.store import bulk
from sync.hub.store.tables import message, point, point_report
from sync.protocol import PointReport


@dataclass(frozen=True)
class Standing:
    """One point for the officer's list; ``report`` is ``None`` for one that never said how it stands."""

    id: str
    hamlet: str
    enrolled_at: str
    revoked: bool
    last_contact: str
    token_at: str
    """Since when its token is in force, ISO 8601."""
    report: PointReport | None


def keep(connection: Connection, owner: str, reports: Mapping[str, PointReport]) -> None:
    """The newest report of each point counts."""
    rows = [
        {
            "point": point_id,
            "commune": owner,
            "program": _clean(report.program, 40),
            "pack": _clean(report.pack, 40),
            "queue": report.queue,
            "parked": report.parked,
            "free_mb": report.free_mb,
            "last_visit": _clean(report.last_visit, 10),
        }
        for point_id, report in reports.items()
    ]
    bulk.put(connection, point_report, rows, replacing=True)


def _clean(text: str, longest: int) -> str:
    """Without signs that no database keeps or that turn what stands beside them."""
    return "".join(filter(str.isprintable, text))[:longest]


def standings(connection: Connection, owner: str) -> list[Standing]:
    """All points, by hamlet."""
    found = connection.execute(
        select(point, point_report)
        .outerjoin(point_report, point_report.c.point == point.c.id)
        .where(point.c.commune == owner)
        .order_by(point.c.hamlet, point.c.enrolled_at)
    ).mappings()
    return [
        Standing(
            row[point.c.id],
            row[point.c.hamlet],
            row[point.c.enrolled_at],
            row[point.c.revoked_at] is not None,
            row[point.c.last_contact] or "",
            row[point.c.token_at],
            PointReport(
                program=row[point_report.c.program],
                pack=row[point_report.c.pack],
                queue=row[point_report.c.queue],
                parked=row[point_report.c.parked],
                free_mb=row[point_report.c.free_mb],
                last_visit=row[point_report.c.last_visit],
            )
            if row[point_report.c.program] is not None
            else None,
        )
        for row in found
    ]


def add_message(connection: Connection, owner: str, point_id: str, number: int, body: bytes, at: str) -> None:
    """A message with its number among the point's news."""
    connection.execute(
        insert(message).values(point=point_id, number=number, commune=owner, body=body, made_at=at)
    )
