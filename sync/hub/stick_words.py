"""What became of a point's copy, in sentences for the officer."""

from collections.abc import Iterator

from kiosk.catalogue.texts import Texts
from sync.hub.stick_import import Imported


def sentences(texts: Texts, done: Imported) -> list[str]:
    """The first names the point or says why nothing was taken; the others say what is left to do."""
    if done.error is not None:
        return [texts(f"error.{done.error.code}", **done.error.params)]
    return list(_sentences(texts, done))


def _sentences(texts: Texts, done: Imported) -> Iterator[str]:
    yield texts("stick.imported", hamlet=done.hamlet, fresh=done.fresh, known=done.known)
    if done.incomplete:
        yield texts("stick.incomplete", n=done.incomplete)
    for verdict in done.refused:
        yield texts("stick.refused", sentence=verdict.sentence)
    if done.damaged:
        yield texts("stick.damaged", n=done.damaged)
    if done.missing:
        yield texts("stick.missing", n=done.missing)
    yield texts("stick.written" if done.written else "stick.not_written")
