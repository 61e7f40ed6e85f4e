"""The figures of a comparison: reach over time, and time from opportunity to publication."""

from datetime import datetime
from pathlib import Path

import numpy as np
from matplotlib import rc_context, ticker

from . import style

FORMATS = ("svg", "png", "pdf")
REACH = {
    "unique-reach-over-time": ("reach-over-time", "Actors reached over time, by approval regime"),
    "relevant-reach-over-time": ("relevant-reach-over-time", "Reach weighted by relevance over time, by approval regime"),
}
MONTHS = "January February March April May June July August September October November December".split()
DELAY = "publication-delay-distribution"
TICKS = [
    (1 / 3600, "1 s"), (1 / 360, "10 s"), (1 / 60, "1 min"), (1 / 6, "10 min"), (1, "1 h"), (6, "6 h"),
    (24, "1 d"), (72, "3 d"), (168, "1 w"), (720, "30 d"), (4320, "180 d"), (8760, "1 y"),
]  # fmt: skip


def _middle_and_band(values):
    """Mean over replicates, and where 10 % and 90 % of them lie; columns without any value stay NaN."""
    present = np.isfinite(values)
    if present.all():
        return values.mean(axis=0), *np.percentile(values, [10, 90], axis=0)
    middle, low, high = (np.full(values.shape[1], np.nan) for _ in range(3))
    for p in np.flatnonzero(present.any(axis=0)):
        v = values[present[:, p], p]
        middle[p] = v.mean()
        low[p], high[p] = np.percentile(v, [10, 90])
    return middle, low, high


def _draw(axes, x, lines, looks):
    """Bands below, lines above; a line that runs on an earlier one is dashed so that both show."""
    hidden = _hidden(lines)
    for position, (index, middle, low, high) in enumerate(lines):
        tint, line = looks[index]
        axes.fill_between(x, low, high, color=tint, alpha=0.09, linewidth=0)
        for edge in (low, high):  # where many bands overlap, their edges tell them apart
            axes.plot(x, edge, color=tint, alpha=0.45, linewidth=0.6)
        kind = style.DASH if hidden[position] else line
        axes.plot(x, middle, color=tint, linewidth=1.9, linestyle=kind, solid_capstyle="butt", clip_on=False, zorder=3 + 0.01 * position)
    return _top(lines)


def _lines(results, curve):
    """(index, mean, low, high) of each regime that has values, and the names of those that have none."""
    lines, empty = [], []
    for index, name in enumerate(results.regimes):
        if np.isfinite(curve.values[index]).any():
            lines.append((index, *_middle_and_band(curve.values[index])))
        else:
            empty.append(style.clean(name))
    return lines, empty


def _caption(results, coincide, empty, *own):
    note = "Dashed: the line runs on another one. " if coincide else ""
    if any(line == style.TWIN for _, line in style.looks(results.regimes)):
        note += "Darker shade: the regime of that colour with a number in its name. "
    if empty:
        note += "Without values: " + ", ".join(empty) + ". "
    bands = (
        "Lines: mean over replicates (simulated histories). Bands: the middle 80 % of replicates, from the 10th to the "
        "90th percentile. Bands may overlap although regimes differ: the table compares them replicate by replicate. "
    )
    source = (
        f"{style.clean(results.scenario)} · seed {results.seed} · {results.replicates} replicates · "
        f"results {results.digest[:12]}"
    )
    assumed = style.clean(results.assumptions)
    return [bands + note, *own, *([f"Assumed: {assumed}"] if assumed else []), source]


def _name(results, index):
    return "\n".join(style.folded(style.clean(results.regimes[index]), width=28, lines=2))


def reach_figure(results, curve, title):
    """Mean and band of a cumulative curve over time, from 0."""
    lines, empty = _lines(results, curve)
    looks = style.looks(results.regimes)
    days = curve.points[-1] > 72
    x = curve.points / 24 if days else curve.points
    counted = f"Counted to the end of the simulated time ({_span(curve.points[-1])}); what is seen later is not."
    figure, axes = style.canvas(title, _axis_words(curve), _caption(results, any(_hidden(lines)), empty, counted))
    top = _draw(axes, x, lines, looks)
    axes.set_xlim(x[0], x[-1])
    axes.set_ylim(0, top * 1.04)
    axes.xaxis.set_major_locator(ticker.MaxNLocator(nbins=8, steps=[1, 2, 5, 7, 10], integer=True))
    axes.set_xlabel(("Days" if days else "Hours") + f" since {_moment(results.start)}")
    axes.yaxis.set_major_formatter(ticker.FuncFormatter(lambda v, _: f"{v:,.10g}"))
    ends = [middle[np.isfinite(middle)][-1] for _, middle, _, _ in lines]
    style.label_ends(axes, ends, [_name(results, i) for i, *_ in lines], [looks[i][0] for i, *_ in lines])
    return figure


def delay_figure(results, curve, title):
    """Cumulative share of opportunities published within a delay, on a logarithmic axis, and what never was."""
    lines, empty = _lines(results, curve)
    looks = style.looks(results.regimes)
    x = curve.points
    shown = x > 0
    last = _span(x[-1])
    figure, axes = style.canvas(
        title,
        "Share of opportunities that are published within the delay",
        _caption(
            results,
            any(_hidden(lines)),
            empty,
            f"\"Unpublished\": share of opportunities not published within {last}, the end of the axis "
            "(held up, dropped, rejected or never decided).",
        ),
    )
    _draw(axes, x[shown], [(i, m[shown], a[shown], b[shown]) for i, m, a, b in lines], looks)
    axes.set_xscale("log")
    axes.set_xlim(x[shown][0], x[-1])
    ticks = [(h, t) for h, t in TICKS if x[shown][0] * 0.999 <= h <= x[-1] * 1.001]
    axes.xaxis.set_major_locator(ticker.FixedLocator([h for h, _ in ticks]))
    axes.xaxis.set_major_formatter(ticker.FixedFormatter([t for _, t in ticks]))
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    axes.set_xlabel("Time from opportunity to publication (logarithmic scale)")
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_locator(ticker.MultipleLocator(0.2))
    axes.yaxis.set_major_formatter(ticker.PercentFormatter(1, decimals=0, symbol=" %"))
    ends = [middle[-1] for _, middle, _, _ in lines]
    texts = [f"{_name(results, i)}\n{_per_cent(1 - m[-1])} unpublished" for i, m, _, _ in lines]
    style.label_ends(axes, ends, texts, [looks[i][0] for i, *_ in lines])
    return figure


def _moment(start):
    """"8 April 2013, 04:00 UTC" of an ISO 8601 moment; anything else as it is."""
    try:
        moment = datetime.strptime(start, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return style.clean(start) or "the start"
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


def _axis_words(curve):
    words = style.clean(curve.label)
    return words[:1].upper() + words[1:] + (f" [{style.clean(curve.unit)}], mean and band" if curve.unit not in ("", "1") else "")


def _top(lines):
    return max((np.nanmax(high) for _, _, _, high in lines), default=0) or 1


def _hidden(lines):
    """Of each line, whether it runs on an earlier one."""
    near = 0.004 * _top(lines)
    return [any(np.nanmax(np.abs(line[1] - other[1])) < near for other in lines[:k]) for k, line in enumerate(lines)]


def _span(hours):
    return f"{hours / 24:.3g} days" if hours >= 48 else f"{hours:.3g} hours"


def _per_cent(share):
    share = max(share, 0.0)
    return f"{100 * share:.0f} %" if share == 0 or share >= 0.0095 else f"{100 * share:.1g} %"


def all_figures(results):
    """(file name, title, figure) of every figure that the results have the curves for."""
    with rc_context(style.RC):
        for curve, (name, title) in REACH.items():
            if curve in results.curves:
                yield name, title, reach_figure(results, results.curves[curve], title)
        if DELAY in results.curves:
            title = "Time from opportunity to publication, by approval regime"
            yield "publication-delay", title, delay_figure(results, results.curves[DELAY], title)


def write_figures(results, folder, formats=FORMATS):
    """Writes every figure in every format into a folder, made where it is missing; returns the paths."""
    return write_and_embed(results, folder, formats, embed=False)[0]


def write_and_embed(results, folder, formats=FORMATS, embed=True):
    """Writes every figure in every format into a folder, made where it is missing and there is something to draw.
    Returns the paths and, where they are to be embedded, (title, SVG document) of each."""
    folder = Path(folder)
    paths, documents = [], []
    with rc_context(style.RC):
        for name, title, figure in all_figures(results):
            kinds = dict.fromkeys([*formats, *(["svg"] if embed else [])])
            drawn = {kind: style.rendered(figure, kind, title) for kind in kinds}
            style.plt.close(figure)
            folder.mkdir(parents=True, exist_ok=True)
            for kind in formats:
                paths.append(folder / f"{name}.{kind}")
                paths[-1].write_bytes(drawn[kind])
            if embed:
                documents.append((title, drawn["svg"].decode()))
    return paths, documents


def svg_texts(results):
    """(title, SVG document) of every figure, for the report."""
    with rc_context(style.RC):
        for _, title, figure in all_figures(results):
            document = style.rendered(figure, "svg", title).decode()
            style.plt.close(figure)
            yield title, document
