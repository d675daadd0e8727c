"""Answers that a newer form has no place for: kept readable beside the draft, and erased with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.dossier import Answer, Source
from kiosk.storage.tables import dropped_answers


@dataclass(frozen=True)
class Dropped:
    """An answer that was given, and the question it was given to."""

    answer: Answer
    label: str
    """The question as it was asked; its name where its form is not known any more."""
    text: str
    """The answer as people read it, such as the label of a choice."""
    form_version: str
    """The form that asked."""
    dropped_at: str


def keep(connection: Connection, dossier: str, items: Sequence[Dropped]) -> None:
    """Keep answers that leave a draft."""
    for item in items:
        values = {
            "dossier": dossier,
            "form_version": item.form_version,
            "name": item.answer.name,
            "label": item.label,
            "text": item.text,
            "value": item.answer.value,
            "source": item.answer.source.value,
            "dropped_at": item.dropped_at,
        }
        connection.execute(upsert(dropped_answers).values(values).on_conflict_do_update(set_=values))


def of_dossier(connection: Connection, dossier: str) -> list[Dropped]:
    """What was dropped from a dossier's drafts, the first dropped first, then by name."""
    columns = dropped_answers.c
    query = (
        select(dropped_answers)
        .where(columns.dossier == dossier)
        .order_by(columns.dropped_at, columns.form_version, columns.name)
    )
    return [
        Dropped(
            Answer(row.name, row.value, Source(row.source)),
            row.label,
            row.text,
            row.form_version,
            row.dropped_at,
        )
        for row in connection.execute(query)
    ]
