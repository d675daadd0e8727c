"""JSON that somebody else wrote: whatever is wrong with it is one kind of error."""

from typing import TypeVar

import msgspec

_Record = TypeVar("_Record")


def read_json(decoder: msgspec.json.Decoder[_Record], data: bytes) -> _Record:
    """The record in ``data``. Raises ``msgspec.DecodeError``, also for bytes that are no UTF-8 and for
    brackets nested so deep that the reader gives up."""
    try:
        return decoder.decode(data)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError("not UTF-8") from error
    except RecursionError as error:
        raise msgspec.DecodeError("nested too deep") from error
