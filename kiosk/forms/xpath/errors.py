"""What can be wrong with an expression before and while it runs."""


class XPathSyntaxError(Exception):
    """An expression cannot be read. ``code`` names the mistake, ``position`` the 0-based character.

    ``params`` carry what a sentence about it needs (the piece of text, what was expected).
    """

    def __init__(self, code: str, position: int, **params: str) -> None:
        super().__init__(f"{code} at {position}: {params}")
        self.code = code
        self.position = position
        self.params = params


class XPathError(Exception):
    """An expression cannot be evaluated: a node set was needed, a name is unknown, an argument is wrong."""
