"""Plots as inline SVG: no script, no font, no colour of their own; the style sheet of the page colours the classes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 420, 290  # small, so that the letters stay readable where a phone shrinks the plot
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 404, 18, 240
_POINTS = 300  # of a line: more cannot be told apart at this width
_BARS = 24


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a plot, its points in the order of x."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis says, its ends, and where it has ticks; ``form`` formats their numbers."""

    label: str
    low: float
    high: float
    ticks: tuple[float, ...]
    form: str = ".1f"

    def place(self, value: float, start: float, end: float) -> float:
        """Where ``value`` lies between the pixels ``start`` and ``end``; what is beyond the axis lies at its end."""
        share = (value - self.low) / (self.high - self.low)
        return start + min(max(share, 0.0), 1.0) * (end - start)


SHARE = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def curves(name: str, title: str, x: Axis, y: Axis, series: Sequence[Series], numbers: Sequence[float]) -> str:
    """A figure of lines; the first has its value written beside it where x is one of ``numbers``.

    ``name`` makes the ids of this plot its own within the page.
    """
    drawn = [_line(x, y, line, place) for place, line in enumerate(series)]
    said = []
    for at, value in series[0].points if series else ():
        if any(math.isclose(at, number, abs_tol=1e-9) for number in numbers):
            others = [v for line in series[1:] for a, v in line.points if math.isclose(a, at, abs_tol=1e-9)]
            drawn.append(_number(x, y, (at, value), below=any(other > value for other in others)))
            said.append(f"{value:.3f} at {format(at, x.form)}")
    keys = [
        f'<span class="key k{place % 4}"><svg viewBox="0 0 26 8" aria-hidden="true">'
        f'<path class="line s{place % 4}" d="M0 4H26"/></svg>{escape(line.name)}</span>'
        for place, line in enumerate(series)
    ]
    legend = f'<p class="keys">{"".join(keys)}</p>' if len(series) > 1 else ""
    return _figure(name, title, f"{y.label} by {x.label}. {', '.join(said)}", x, y, drawn, legend)


def histogram(name: str, title: str, label: str, values: Sequence[float], marks: Sequence[tuple[str, float]]) -> str:
    """A figure of how many ``values`` (0 or more) lie in each range; ``marks`` are (name, value), drawn as lines.

    The axis ends where at most 1 % lie beyond it and every mark is shown; the last bar holds those beyond, and the
    figure says how many they are.
    """
    ordered = sorted(values)
    end = max([ordered[math.ceil(0.99 * len(ordered)) - 1], *(value for _, value in marks), 1e-9])
    step = _step(end / 5)
    high = step * math.ceil(end / step)
    ticks = tuple(step * i for i in range(round(high / step) + 1))
    x = Axis(label, 0.0, high, ticks, ",.0f" if step >= 1 else ".3g")
    counts = [0] * _BARS
    for value in ordered:
        counts[min(int(value / high * _BARS), _BARS - 1)] += 1
    tall = max(1.0, _step(max(counts) / 4))
    top = tall * math.ceil(max(counts) / tall)
    y = Axis("questions", 0.0, top, tuple(tall * i for i in range(round(top / tall) + 1)), ",.0f")
    drawn = [_bar(x, y, place, count) for place, count in enumerate(counts) if count]
    for place, (mark, value) in enumerate(sorted(marks, key=lambda mark: mark[1])):
        at = x.place(value, _LEFT, _RIGHT)
        side, shift = ("end", -5) if at > (_LEFT + _RIGHT) / 2 else ("start", 5)
        words = f'<text class="number" x="{at + shift:.1f}" y="{_TOP + 12 + 16 * place}" text-anchor="{side}">'
        drawn.append(f'<path class="mark" d="M{at:.1f} {_TOP}V{_BOTTOM}"/>{words}{escape(mark)} {value:,.0f}</text>')
    said = ", ".join(f"{mark} {value:,.0f}" for mark, value in marks)
    beyond = sum(value > high for value in ordered)
    note = f'<p class="note">The last bar holds {beyond:,} beyond the axis.</p>' if beyond else ""
    return _figure(name, title, f"{len(ordered):,} questions by {label}. {said}", x, y, drawn, note)


def _figure(name: str, title: str, said: str, x: Axis, y: Axis, drawn: Sequence[str], below: str) -> str:
    grid = []
    for tick in y.ticks:
        at = y.place(tick, _BOTTOM, _TOP)
        grid.append(f'<path class="grid" d="M{_LEFT} {at:.1f}H{_RIGHT}"/>')
        grid.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{format(tick, y.form)}</text>')
    for tick in x.ticks:
        at = x.place(tick, _LEFT, _RIGHT)
        grid.append(f'<path class="axis" d="M{at:.1f} {_BOTTOM}v5"/>')
        grid.append(f'<text x="{at:.1f}" y="{_BOTTOM + 19}" text-anchor="middle">{format(tick, x.form)}</text>')
    middle = (_TOP + _BOTTOM) / 2
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(said)}</desc>{"".join(grid)}'
        f'<path class="axis" d="M{_LEFT} {_BOTTOM}H{_RIGHT}"/>{"".join(drawn)}'
        f'<text class="label" x="{(_LEFT + _RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x.label)}</text>'
        f'<text class="label" transform="translate(13 {middle}) rotate(-90)" text-anchor="middle">{escape(y.label)}'
        f"</text></svg>{below}</figure>"
    )


def _line(x: Axis, y: Axis, series: Series, place: int) -> str:
    every = max(1, math.ceil(len(series.points) / _POINTS))
    kept = [*series.points[:-1:every], *series.points[-1:]]
    path = "L".join(f"{x.place(a, _LEFT, _RIGHT):.1f} {y.place(b, _BOTTOM, _TOP):.1f}" for a, b in kept)
    return f'<path class="line s{place % 4}" d="M{path}"/>' if kept else ""


def _number(x: Axis, y: Axis, point: Point, below: bool) -> str:
    across, up = x.place(point[0], _LEFT, _RIGHT), y.place(point[1], _BOTTOM, _TOP)
    below = (below and up < _BOTTOM - 20) or up < _TOP + 14  # where the number has room
    anchor = "end" if across > _RIGHT - 20 else "start" if across < _LEFT + 20 else "middle"
    height = up + 18 if below else up - 9
    return (
        f'<circle class="dot" cx="{across:.1f}" cy="{up:.1f}" r="3.5"/>'
        f'<text class="number" x="{across:.1f}" y="{height:.1f}" text-anchor="{anchor}">{point[1]:.2f}</text>'
    )


def _bar(x: Axis, y: Axis, place: int, count: int) -> str:
    wide = (_RIGHT - _LEFT) / _BARS
    top = y.place(count, _BOTTOM, _TOP)
    low, high = (format(x.high * edge / _BARS, ",.0f") for edge in (place, place + 1))
    return (
        f'<rect class="bar" x="{_LEFT + place * wide + 0.5:.1f}" y="{top:.1f}" width="{wide - 1:.1f}" '
        f'height="{_BOTTOM - top:.1f}"><title>{low} to {high}: {count:,}</title></rect>'
    )


def _step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5, 10 times a power of ten that is at least ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= least * (1 - 1e-9))
