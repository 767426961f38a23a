"""Whether something grows: the straight line through its samples, and how sure that is. Pure.

Samples that follow each other are alike, so that there are fewer independent ones than samples:
their number is taken as n (1 - r) / (1 + r), r being the correlation of each residual with the
next one. The interval is of 95 per cent. A slope is within the noise when 0 is inside it; how
steep a slope could still hide there is said beside.
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

T95 = ((3, 3.18), (5, 2.57), (10, 2.23), (20, 2.09), (40, 2.02), (120, 1.98))
"Quantiles of Student's distribution by degrees of freedom, two-sided."

LITTLE = 0.01
"Of its mean, what may come in an hour and is no growth: connections that are opened when wanted."


@dataclass(frozen=True, slots=True)
class Slope:
    """Per hour, in the unit of the samples."""

    per_hour: float
    within: float
    "Half the width of the interval."
    mean: float
    independent: float
    "Samples, counted as if each was independent of the last."

    @property
    def grows(self) -> bool:
        return self.per_hour - self.within > LITTLE * self.mean

    def __str__(self) -> str:
        return f"{self.per_hour:+.3g} ± {self.within:.2g} an hour, at {self.mean:.4g}"


def slope(times: Sequence[float], values: Sequence[float]) -> Slope:
    """`times`: seconds. ValueError with fewer than eight samples: they say nothing."""
    n = len(times)
    if n < 8:
        raise ValueError(f"{n} samples are too few to tell a slope")
    if max(values) == min(values):
        return Slope(0.0, 0.0, values[0], n)
    per_second, start = statistics.linear_regression(times, values)
    residuals = [v - (start + per_second * t) for t, v in zip(times, values, strict=True)]
    squares = sum(r * r for r in residuals)
    alike = sum(a * b for a, b in pairwise(residuals)) / squares if squares else 0.0
    alike = min(max(alike, 0.0), 0.99)
    independent = max(n * (1 - alike) / (1 + alike), 3.0)
    middle = statistics.fmean(times)
    spread = sum((t - middle) ** 2 for t in times)
    error = math.sqrt(squares / max(n - 2, 1) / spread) * math.sqrt(n / independent)
    return Slope(
        3600 * per_second,
        3600 * error * _t95(independent - 2),
        statistics.fmean(values),
        independent,
    )


def _t95(freedom: float) -> float:
    for most, t in T95:
        if freedom <= most:
            return t
    return 1.96
