"""How kinds of papers are called, and which of them can be asked for."""

from collections.abc import Mapping

from sync.hub.context import Hub
from sync.hub.office import reading

_OWN_PAPERS = {"to_khai_da_ky": "Tờ khai đã ký (bản chụp)", "tep_tra_loi": "Tệp trả lời một câu hỏi"}
"""Papers that no procedure names."""


def names_of(hub: Hub, procedure_code: str) -> Mapping[str, str]:
    """The kinds of papers of one procedure, known or not: kind → name."""
    procedure = hub.library.procedure(procedure_code)
    return {rule.key: rule.name for rule in procedure.papers} | _OWN_PAPERS if procedure else _OWN_PAPERS


def all_names(hub: Hub) -> Mapping[str, str]:
    """The kinds of papers of every procedure; of several names of one kind the plainest."""
    procedures = hub.library.content.catalogue.procedures()
    rules = [rule for procedure in procedures for rule in procedure.papers]
    longest_first = sorted(rules, key=lambda rule: -len(rule.name))
    return {rule.key: rule.name for rule in longest_first} | _OWN_PAPERS


def askable(hub: Hub, opened: reading.OpenDossier) -> Mapping[str, str]:
    """Kinds of papers that can be asked for: the procedure's list and what came with the dossier."""
    names = names_of(hub, opened.dossier.procedure)
    came = {paper.kind: names.get(paper.kind, paper.kind) for paper in opened.papers().values()}
    return dict(names) | came
