"""Questions whose words never change: put into SQL once, then asked with other values.

To build and compile a question anew takes longer than its answer, and every round asks half a dozen. A
question is an SQLAlchemy statement whose values are all named; ``column.in_(many("ids"))`` takes a list.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Connection, Select, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.dml import ReturningUpdate

from sync.hub.store.bulk import raw, told_as_of_the_database

if TYPE_CHECKING:
    import psycopg

Question = Select[*tuple[Any, ...]] | ReturningUpdate[*tuple[Any, ...]]
Values = Mapping[str, Any]
_LIST = re.compile(r" IN \(__\[POSTCOMPILE_(\w+)\]\)")


def many(name: str) -> BindParameter[Any]:
    """A list of values in a question."""
    return bindparam(name, expanding=True)


def ask(connection: Connection, question: Question, values: Values) -> Sequence[Any]:
    """The rows, their columns as attributes."""
    if connection.dialect.name != "postgresql":
        return connection.execute(question, dict(values)).all()
    with told_as_of_the_database():
        return _asked(connection, question, values).fetchall()


def ask_all(connection: Connection, *questions: tuple[Question, Values]) -> list[Sequence[Any]]:
    """The rows of each question, in their order; on PostgreSQL by one journey there and back."""
    if connection.dialect.name != "postgresql" or len(questions) == 1:
        return [ask(connection, question, values) for question, values in questions]
    with told_as_of_the_database(), raw(connection).pipeline():
        cursors = [_asked(connection, question, values) for question, values in questions]
    return [cursor.fetchall() for cursor in cursors]


def _asked(connection: Connection, question: Question, values: Values) -> "psycopg.Cursor[Any]":
    from psycopg.rows import namedtuple_row

    cursor = raw(connection).cursor(row_factory=namedtuple_row)
    return cursor.execute(_sql(question, connection.dialect), values)


@cache
def _sql(question: Question, dialect: Dialect) -> bytes:
    """For the driver: a list is one value, so that the text is the same for every number of values."""
    return _LIST.sub(r" = ANY (%(\1)s)", str(question.compile(dialect=dialect))).encode()
