"""A form with a file, read without a temporary file: what a citizen gets is never written in plain."""

import io
from dataclasses import dataclass

from multipart import MultipartError, MultipartParser, parse_options_header

from kiosk.domain.errors import WorldError
from sync.hub.office.pages import fields_of
from sync.hub.wire import AnyRequest


@dataclass(frozen=True)
class SentForm:
    """The text fields, and the one file."""

    fields: dict[str, str]
    named: bool
    """A file was chosen, be it empty."""
    data: bytes


async def read_form(request: AnyRequest, most: int) -> SentForm:
    """The form of a request of at most ``most`` bytes. Raises WorldError ``office.form_damaged``."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind == "application/x-www-form-urlencoded":
        return SentForm(await fields_of(request), named=False, data=b"")
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise WorldError("office.form_damaged")
    body = io.BytesIO(await request.body())
    try:
        parser = MultipartParser(body, options["boundary"], spool_limit=most, memory_limit=2 * most)
        parts = list(parser)
        fields = {part.name: part.value for part in parts if part.filename is None}
    except (MultipartError, UnicodeDecodeError, LookupError) as error:
        raise WorldError("office.form_damaged") from error
    files = [part for part in parts if part.filename]
    return SentForm(fields, bool(files), files[0].raw if files else b"")
