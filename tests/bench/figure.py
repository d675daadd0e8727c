"""One line of the bench: what was measured, beside its floor of the same run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``ratio`` is what counts; absolute values wander with the machine."""

    name: str
    ours: float
    floor: float
    unit: str
    target: float
    """Highest ratio allowed (or highest value, where ``floor`` is 1)."""
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def verdict(self) -> str:
        return "meets" if self.ratio <= self.target else "FALLS SHORT"

    def line(self) -> str:
        return (
            f"{self.name:46s} {self.ours:10.3f} {self.unit:4s} floor {self.floor:10.3f}  "
            f"ratio {shown(self.ratio):>6s}  target {shown(self.target):>5s}  {self.verdict}  {self.note}"
        )


def shown(ratio: float) -> str:
    """A ratio with as many digits as it needs."""
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.4f}"
