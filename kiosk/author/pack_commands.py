"""``hamlet-forms keygen``, ``pack`` and ``verify``: the clerk's words around ``packing``."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.author.packing import keygen, pack, verify
from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.errors import WorldError
from kiosk.packs.content import assets_folder, compiled_folder
from kiosk.packs.manifest import Manifest, Signers
from kiosk.packs.trust import read_trust

Run = Callable[[argparse.Namespace], int]


def add_commands(subparsers: Any) -> None:
    """Register the three commands; each sets ``run``, to be called with the options for an exit code."""
    texts = load_texts(assets_folder() / "texts")
    making = subparsers.add_parser("keygen", help=texts("author.keygen.help"))
    making.add_argument("key", type=Path)
    making.add_argument("--trust", type=Path, default=Path("trust.json"))
    making.add_argument(
        "--with", action="append", default=[], dest="others", help=texts("author.keygen.with")
    )
    making.add_argument("--threshold", type=int, default=1, help=texts("author.keygen.threshold"))
    making.set_defaults(run=_saying(texts, _keygen))
    _add_pack(subparsers.add_parser("pack", help=texts("author.pack.help")), texts)
    checking = subparsers.add_parser("verify", help=texts("author.verify.help"))
    checking.add_argument("pack", type=Path)
    checking.add_argument("--trust", type=Path, required=True)
    checking.add_argument("--above", type=int, default=0)
    checking.set_defaults(run=_saying(texts, _verify))


def _add_pack(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument("out", type=Path)
    parser.add_argument("--assets", type=Path, default=assets_folder())
    parser.add_argument("--compiled", type=Path, default=compiled_folder())
    parser.add_argument("--version", type=int, required=True)
    parser.add_argument("--from", type=date.fromisoformat, required=True, dest="valid_from")
    parser.add_argument("--to", type=date.fromisoformat, dest="valid_to")
    parser.add_argument("--key", type=Path, action="append", required=True)
    parser.add_argument("--trust", type=Path, help=texts("author.pack.trust"))
    parser.add_argument("--next-key", action="append", help=texts("author.pack.next_key"))
    parser.add_argument("--next-threshold", type=int, default=1)
    parser.set_defaults(run=_saying(texts, _pack))


def _saying(texts: Texts, work: Callable[[argparse.Namespace, Texts], str]) -> Run:
    """Print what came of it, or the sentence of what went wrong; 0 or 1."""

    def run(options: argparse.Namespace) -> int:
        try:
            print(work(options, texts))
        except WorldError as error:
            print(texts(f"error.{error.code}", **error.params))
            return 1
        except FileExistsError as error:
            print(texts("author.exists", file=error.filename or error))
            return 1
        except (BadContentError, OSError, ValueError) as error:
            print(texts("author.failed", why=error))
            return 1
        return 0

    return run


def _keygen(options: argparse.Namespace, texts: Texts) -> str:
    key = keygen(options.key, options.trust, options.others, options.threshold)
    return texts("author.keygen.done", public=key, file=options.key, trust=options.trust)


def _pack(options: argparse.Namespace, texts: Texts) -> str:
    made = pack(
        options.assets,
        options.compiled,
        options.out,
        version=options.version,
        valid_from=options.valid_from,
        valid_to=options.valid_to,
        key_files=options.key,
        signers=_next_signers(options),
    )
    return _told(made, texts)


def _next_signers(options: argparse.Namespace) -> Signers | None:
    """Who may sign what comes after: new keys, those of a trust file, or (``None``) those who sign now."""
    if options.next_key:
        return Signers(tuple(sorted(options.next_key)), options.next_threshold)
    return read_trust(options.trust).signers if options.trust else None


def _verify(options: argparse.Namespace, texts: Texts) -> str:
    return _told(verify(options.pack, options.trust, options.above), texts)


def _told(made: Manifest, texts: Texts) -> str:
    until = f"{made.valid_to:%d/%m/%Y}" if made.valid_to else texts("author.pack.open_end")
    begin = f"{made.valid_from:%d/%m/%Y}"
    size = sum(file.length for file in made.files) // 1024
    return texts(
        "author.pack.sound", version=made.version, begin=begin, until=until, n=len(made.files), size=size
    )
