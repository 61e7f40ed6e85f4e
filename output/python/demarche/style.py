"""What the figures share: colours, safe texts, labels at line ends, deterministic files."""

import io
import re
import textwrap
import unicodedata

import matplotlib

matplotlib.use("Agg")
import matplotlib.colors  # noqa: E402  (the backend is chosen first)
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)

# Okabe & Ito 2008, the yellow replaced by a grey that shows on white; by place in the file
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8A8A8A"]
DASH = (0, (4, 3))
TWIN = (0, (6, 1.2, 1.2, 1.2))

RC = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.7,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "text.usetex": False,
    "svg.hashsalt": "demarche",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "savefig.dpi": 160,
}
WIDTH = 8.6  # inches
LEFT, RIGHT = 0.085, 0.715  # of the width: what is right of it belongs to the labels
NO_DATES = {
    "svg": {"Date": None, "Creator": "demarche"},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Creator": "demarche", "Producer": None},
}


def clean(text):
    """Text with what no font shows and no file may hold made visible."""
    shown = (c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else f"\\x{ord(c):02x}" for c in text)
    return "".join(shown)


def folded(text, width, lines):
    """At most so many lines of so many characters; what is cut off shows as an ellipsis."""
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" …") or ["(no name)"]


def _original(name, names):
    """Place of the one regime that `name` varies by a number at its end ("centralized-73"), or None."""
    stem = re.fullmatch(r"(.+?)[-_ ]\d+", name)
    if not stem:
        return None
    exact = [i for i, other in enumerate(names) if other == stem[1]]
    longer = [i for i, other in enumerate(names) if re.fullmatch(re.escape(stem[1]) + r"[-_ ]\D+", other)]
    found = exact or longer
    return found[0] if len(found) == 1 else None


def _darker(colour):
    return matplotlib.colors.to_hex([0.5 * part for part in matplotlib.colors.to_rgb(colour)])


def looks(names):
    """(colour, line style) of every regime: its own, or, where it varies another by a number (one arm with more
    accounts), a darker shade of that one's. A second variant of the same one has a colour of its own."""
    given, taken, fresh = [None] * len(names), set(), 0
    originals = [_original(name, names) for name in names]
    for i, original in enumerate(originals):
        if original is None or original in taken or originals[original] is not None:
            given[i] = (COLOURS[fresh % len(COLOURS)], ":" if fresh >= len(COLOURS) else "-")
            fresh += 1
        else:
            taken.add(original)
    return [look or (_darker(given[originals[i]][0]), TWIN) for i, look in enumerate(given)]


def spread(wanted, gap, low, high):
    """Places at least `gap` apart, in the order of `wanted` and as near to it as can be, within low .. high."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks = []  # of [sum of (wanted - own offset), members]; merged where they would overlap
    for i in order:
        blocks.append([wanted[i], [i]])
        while len(blocks) > 1:
            (first, members), (second, others) = blocks[-2:]
            if first / len(members) + len(members) * gap <= second / len(others):
                break
            blocks[-2:] = [[first + second - len(others) * len(members) * gap, members + others]]
    places = [0.0] * len(wanted)
    for total, members in blocks:
        start = total / len(members)
        for k, i in enumerate(members):
            places[i] = start + k * gap
    floor = low
    for i in order:
        places[i] = floor = max(places[i], floor)
        floor += gap
    ceiling = high
    for i in reversed(order):
        places[i] = ceiling = min(places[i], ceiling)
        ceiling -= gap
    return places


def label_ends(axes, ends, texts, colours):
    """Names beside the right end of each line, moved apart, with a thin leader to where the line ends."""
    figure = axes.figure
    inches = figure.get_figheight() * axes.get_position().height
    lines = max((t.count("\n") + 1 for t in texts), default=1)
    gap = min(0.155 * lines / inches, 1.06 / max(len(texts), 1))
    low, high = axes.get_ylim()
    wanted = [(end - low) / (high - low) for end in ends]
    for place, want, text, tint in zip(spread(wanted, gap, 0.0, 1.03), wanted, texts, colours):
        kwargs = {"transform": axes.transAxes, "clip_on": False}
        axes.plot([1.0, 1.022, 1.032], [want, place, place], color=tint, linewidth=0.7, **kwargs)
        axes.text(1.04, place, text, color="#222222", va="center", ha="left", fontsize=8, linespacing=1.05, **kwargs)
        axes.plot([1.032], [place], marker="s", markersize=3.2, color=tint, **kwargs)


def canvas(title, subtitle, caption):
    """A figure with its heading and a wrapped caption; the caption makes it taller, never the plot smaller."""
    lines = [line for part in caption for line in textwrap.wrap(part, 140)]
    heads = textwrap.wrap(title, 82) or [""]
    below = 0.62 + 0.155 * len(lines)
    above = 0.5 + 0.21 * len(heads)
    height = 3.9 + below + above
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes([LEFT, below / height, RIGHT - LEFT, 3.9 / height])
    figure.text(0.015, 1 - 0.12 / height, "\n".join(heads), fontsize=12, weight="bold", va="top")
    figure.text(0.015, 1 - (0.2 + 0.21 * len(heads)) / height, subtitle, fontsize=9, color="#333333", va="top")
    figure.text(0.015, 0.1 / height, "\n".join(lines), fontsize=7.5, color="#444444", va="bottom", linespacing=1.3)
    return figure, axes


def rendered(figure, kind, title):
    """The figure as the bytes of a file; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, metadata=dict(NO_DATES[kind], Title=title))
    return buffer.getvalue()
