"""``GET /v1/openapi.json``: what points may call and every answer they may get, for machines.

Made from ``sync/protocol.py``; PROTOCOL.md says the same to people. Other hubs and points are tried with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Response, get

from sync import protocol
from sync.hub.wire import AnyRequest, json_response

OPENAPI_PATH = "/v1/openapi.json"
_RECORDS = (
    protocol.Hello,
    protocol.EnrolRequest,
    protocol.EnrolAnswer,
    protocol.RoundRequest,
    protocol.RoundAnswer,
    protocol.ReconcileRequest,
    protocol.ReconcileAnswer,
    protocol.TokenRequest,
    protocol.TokenAnswer,
    protocol.Problem,
)
_Json = dict[str, Any]
_BUSY = (500, 503)
_POINT = (401, 403, *_BUSY)
"""What every request of a point may be told."""
_WORDS: Mapping[int, str] = {
    200: "Done",
    201: "Made",
    204: "Done, nothing to say",
    206: "The range that was asked for",
    400: "The request itself is at fault",
    401: "Unknown token, or nothing that proves the point",
    403: "Revoked, or a wrong code",
    404: "Not there",
    405: "Not a method of this address",
    409: "Elsewhere than the request says",
    412: "Another version of tus",
    413: "Too big",
    415: "Another kind of body",
    416: "Beyond the end",
    429: "Too many",
    460: "Other bytes than announced",
    500: "The hub's own mistake",
    503: "Not now",
}


@get(OPENAPI_PATH)
async def openapi(request: AnyRequest) -> Response[bytes]:
    """The description itself."""
    return json_response(msgspec.json.encode(document()), request.headers.get("accept-encoding", ""), 200)


def document() -> _Json:
    """OpenAPI 3.1 of everything under ``/v1``."""
    _, schemas = msgspec.json.schema_components(_RECORDS, ref_template="#/components/schemas/{name}")
    bearer = {"type": "http", "scheme": "bearer", "description": "<point id>.<secret>"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "hamlet-hub", "version": str(protocol.VERSION)},
        "paths": {**_records(), **_papers(), **_files()},
        "components": {"schemas": schemas, "securitySchemes": {"point": bearer}},
    }


def _records() -> _Json:
    """The requests whose bodies are records of the protocol."""
    hello = _operation("hello", _answers({200: "Hello"}, (500,)), open_to_all=True)
    enrol = _operation(
        "enrol",
        _answers({201: "EnrolAnswer"}, (400, 403, 413, 429, *_BUSY)),
        body=_content("EnrolRequest"),
        open_to_all=True,
    )
    answers = _answers({200: "RoundAnswer"}, (400, 409, 413, *_POINT))
    round_ = _operation("round", answers, body=_content("RoundRequest"))
    answers = _answers({200: "ReconcileAnswer"}, (400, 413, *_POINT))
    reconcile = _operation("reconcile", answers, body=_content("ReconcileRequest"))
    answers = _answers({200: "TokenAnswer"}, (400, 409, 413, *_POINT))
    token = _operation("token", answers, body=_content("TokenRequest"), open_to_all=True)
    self_ = _operation("openapi", _answers({200: ""}, (500,)), open_to_all=True)
    return {
        protocol.HELLO_PATH: {"get": hello},
        protocol.ENROL_PATH: {"post": enrol},
        protocol.ROUND_PATH: {"post": round_},
        protocol.RECONCILE_PATH: {"post": reconcile},
        protocol.TOKEN_PATH: {"post": token},
        OPENAPI_PATH: {"get": self_},
    }


def _papers() -> _Json:
    """tus 1.0.0; see section 8 of PROTOCOL.md."""
    tus = _header("Tus-Resumable", {"const": "1.0.0"})
    offset = _header("Upload-Offset", {"type": "integer", "minimum": 0})
    create = [
        tus,
        _header("Upload-Length", {"type": "integer"}),
        _header("Upload-Metadata", {"type": "string"}),
    ]
    here = _in_path("upload_id")
    piece = {"application/offset+octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    refusals = (404, 412, 460, *_POINT)
    abilities = _operation("abilities", _answers({204: ""}, (500,)), open_to_all=True)
    below = _operation("abilities_below", _answers({204: ""}, (500,)), [here], open_to_all=True)
    send = _answers({204: ""}, (400, 409, 413, 415, *refusals))
    first_bytes = {"requestBody": {"required": False, "content": piece}}
    begun = _answers({201: ""}, (400, 412, 413, 460, *_POINT))
    return {
        protocol.PAPERS_PATH: {
            "post": _operation("create", begun, create) | first_bytes,
            "options": abilities,
        },
        f"{protocol.PAPERS_PATH}/{{upload_id}}": {
            "head": _operation("ask", _answers({200: ""}, refusals), [here, tus]),
            "patch": _operation("send", send, [here, tus, offset], body=piece),
            "delete": _operation("give_up", _answers({204: ""}, (404, 412, *_POINT)), [here, tus]),
            "options": below,
        },
    }


def _files() -> _Json:
    """What points fetch by ``Range``: copies of results, content packs."""
    asked = {**_header("Range", {"type": "string"}), "required": False}
    answers = _answers({200: "", 206: ""}, (404, 416, *_POINT))
    result = _operation("result", answers, [_in_path("sealed_sha256"), asked])
    pack = _operation("pack", answers, [_in_path("sha256"), asked])
    return {
        f"{protocol.RESULTS_PATH}/{{sealed_sha256}}": {"get": result},
        f"{protocol.PACKS_PATH}/{{sha256}}": {"get": pack},
    }


def _operation(
    name: str,
    answers: _Json,
    parameters: Sequence[_Json] = (),
    body: _Json | None = None,
    *,
    open_to_all: bool = False,
) -> _Json:
    made: _Json = {
        "operationId": name,
        "responses": answers,
        "security": [] if open_to_all else [{"point": []}],
    }
    if parameters:
        made["parameters"] = list(parameters)
    if body is not None:
        made["requestBody"] = {"required": True, "content": body}
    return made


def _answers(good: Mapping[int, str], refusals: Sequence[int]) -> _Json:
    """``good`` names the record in the body, or nothing; every refusal is a ``Problem``."""
    told: _Json = {}
    for status, record in good.items():
        told[str(status)] = {"description": _WORDS[status]}
        if record:
            told[str(status)]["content"] = _content(record)
    for status in sorted(set(refusals)):
        told[str(status)] = {"description": _WORDS[status], "content": _content("Problem")}
    return told


def _content(record: str) -> _Json:
    return {protocol.MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{record}"}}}


def _header(name: str, schema: _Json) -> _Json:
    return {"name": name, "in": "header", "required": True, "schema": schema}


def _in_path(name: str) -> _Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
