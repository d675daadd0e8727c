"""Errors of the world: things that happen to honest people and that a sentence can mend.

Our own mistakes stay ordinary Python exceptions; they are logged without personal data
and shown as "báo xã" with a support code.
"""


class WorldError(Exception):
    """Something outside the program went wrong: a full disk, a bad code, no line.

    ``code`` is a dotted ASCII key; the Vietnamese sentence that tells the volunteer what to
    do stands in ``assets/texts`` under ``error.<code>``, with ``params`` put into it.
    Params carry numbers and limits, never names or numbers of persons.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
