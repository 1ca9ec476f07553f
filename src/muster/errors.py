"""The one root of Muster's deliberate errors."""


class MusterError(Exception):
    """Something refused for a reason that the user can act on.

    code is a stable word; message one sentence; hint what to try; exit_code what the command line
    returns: 1 refused, 2 wrong usage, 3 done with rejects, 4 a check failed.
    """

    def __init__(self, code: str, message: str, hint: str = "", exit_code: int = 1) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
