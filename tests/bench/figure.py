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
            f"ratio {self.ratio:6.2f}  target {self.target:5.2f}  {self.verdict}  {self.note}"
        )
