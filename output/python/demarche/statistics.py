"""Means, paired differences and their intervals, as the program itself computes them, without scipy."""

import math

import numpy as np


def _beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta function (Lentz's method; DLMF 8.17.22)."""
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    result = d
    for m in range(1, 1000):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + factor * d or tiny)
            c = 1 + factor / c or tiny
            result *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return result


def incomplete_beta(a, b, x):
    """Regularized incomplete beta function I_x(a, b)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    log = a * math.log(x) + b * math.log1p(-x) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(log) * _beta_fraction(a, b, x) / a


def student_tail(t, freedom):
    """P(|T| > t) of Student's law."""
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t))


def student_quantile(freedom, level=0.95):
    """The t with P(|T| <= t) = level."""
    low, high = 0.0, 1.0
    while student_tail(high, freedom) > 1 - level:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if student_tail(middle, freedom) > 1 - level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


class Mean:
    """Mean, 95 % interval and two-sided p of "it is 0", over the finite values."""

    def __init__(self, values):
        v = np.asarray(values, float)
        v = v[np.isfinite(v)]
        self.n = len(v)
        self.mean = self.lo = self.hi = self.p = math.nan
        self.identical = False
        if self.n == 0:
            return
        self.mean = float(v[0]) if (v == v[0]).all() else math.fsum(v) / self.n
        if self.n < 2:
            return
        error = math.sqrt(math.fsum((v - self.mean) ** 2) / (self.n - 1) / self.n)
        half = student_quantile(self.n - 1) * error if error > 0 else 0.0
        self.lo, self.hi = self.mean - half, self.mean + half
        self.identical = error == 0 and self.mean == 0
        self.p = student_tail(abs(self.mean) / error, self.n - 1) if error > 0 else float(self.mean == 0)

    @property
    def told_apart(self):
        """The interval leaves out 0."""
        return self.lo > 0 or self.hi < 0


def proportion(values):
    """As Mean, of zeros and ones, with Wilson's interval; 3/n where one of them never came."""
    result = Mean(values)
    n, p, z = result.n, result.mean, 1.959963984540054
    if n == 0:
        return result
    if p in (0, 1):
        result.lo, result.hi = (0.0, min(1.0, 3 / n)) if p == 0 else (max(0.0, 1 - 3 / n), 1.0)
        return result
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    result.lo, result.hi = centre - half, centre + half
    return result


def holm(p):
    """p values adjusted for their number (Holm 1979); NaN does not count."""
    order = sorted((i for i in range(len(p)) if not math.isnan(p[i])), key=lambda i: p[i])
    adjusted, greatest = [math.nan] * len(p), 0.0
    for rank, i in enumerate(order):
        greatest = max(greatest, min(1.0, p[i] * (len(order) - rank)))
        adjusted[i] = greatest
    return adjusted
