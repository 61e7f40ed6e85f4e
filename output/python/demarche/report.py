"""The report in one file: question, table, figures, assumptions, provenance. Everything from outside is escaped."""

import base64
import hashlib
import html
import math
import os
import re
import tempfile
from pathlib import Path

from .figures import svg_texts
from .statistics import Mean, holm, proportion
from .style import clean

CSS = """
body{font:15px/1.5 "Segoe UI","DejaVu Sans",Arial,sans-serif;color:#1c1c1c;max-width:80rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.82rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .4rem;border-bottom:1px solid #ddd;text-align:right;vertical-align:top}
th:first-child{text-align:left;font-weight:600;min-width:10rem;position:sticky;left:0;background:#fff}thead th{border-bottom:2px solid #444;max-width:12rem}
small{color:#555;display:block;white-space:nowrap;font-size:.68rem;letter-spacing:-.01em}th small{white-space:normal;font-weight:400}
.difference{display:block;white-space:nowrap;margin-top:.3rem}.note{color:#555}
svg{width:100%;max-width:62rem;height:auto;display:block;margin:1rem 0}
pre{background:#f6f6f6;padding:.8rem;overflow-x:auto;font-size:.8rem}dt{font-weight:600}dd{margin:0 0 .4rem 0;overflow-wrap:anywhere}
@media print{body{max-width:none;margin:0}pre{white-space:pre-wrap}}
"""
TIME_UNITS = [(1 / 3600, " s", 0.025), (1 / 60, " min", 1.5), (1, " h", 48), (24, " d", math.inf)]
MINUS = "\u2212"


def _safe(text):
    return html.escape(clean(str(text)), quote=True)


def _scale(unit, largest, signed):
    """(factor, what follows the number): times in the unit of their size, as in the table of the program."""
    if unit in ("share", "probability"):
        return 100, " pp" if signed else " %"
    if unit != "h":
        return 1, ""
    hours, suffix, _ = next(u for u in TIME_UNITS if abs(largest) < u[2]) if largest else TIME_UNITS[2]
    return 1 / hours, suffix


def _places(value, half):
    """Decimal places for three digits of the value and the first of its half-width."""
    size, half = abs(value), half if math.isfinite(half) else 0
    largest = max(size, half)
    if largest == 0:
        return 0
    last = []
    if size > 0 and half <= size:
        last.append(math.floor(math.log10(size)) - 2)
    if half > 0:
        last.append(math.floor(math.log10(half)) - (1 if half > size else 0))
    return -max(min(last), math.floor(math.log10(largest)) - 5)


def _number(value, places, signed=False):
    text = f"{abs(round(value, places)):,.{max(places, 0)}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def _estimate(mean, unit, signed=False):
    """("12.3 h", "11.9 to 12.7") of a Mean."""
    if not math.isfinite(mean.mean):
        return "\u2013", ""
    ends = [x for x in (mean.mean, mean.lo, mean.hi) if math.isfinite(x)]
    largest = max(map(abs, ends)) if signed else mean.mean or max(ends)
    factor, suffix = _scale(unit, largest, signed)
    value, low, high = (x * factor for x in (mean.mean, mean.lo, mean.hi))
    places = _places(value, (high - low) / 2)
    interval = ""
    if math.isfinite(low):
        interval = f"{_number(low, places, signed)} to {_number(high, places, signed)}"
    return _number(value, places, signed) + suffix, interval


def _verdict(difference, p_holm, better, number):
    if difference.n < 2:
        return "\u2013"
    if difference.identical:
        return "same"
    if not difference.told_apart:
        return f"\u2248 {number}"
    if better == "neither":
        word = "higher" if difference.mean > 0 else "lower"
    else:
        word = "better" if (difference.mean < 0) == (better == "lower") else "worse"
    return f"{word}{'?' if p_holm >= 0.05 else ''} {number}"


def _table(results):
    values, regimes = results.values, results.regimes
    count = len(results.measures)
    differences = [[Mean(values[k, :, m] - values[0, :, m]) for k in range(1, len(regimes))] for m in range(count)]
    flat = iter(holm([d.p for row in differences for d in row]))
    adjusted = [[next(flat) for _ in row] for row in differences]
    head = "".join(f"<th scope=\"col\">{_safe(name)}</th>" for name in regimes)
    rows = []
    for m in range(count):
        summary = proportion if results.measure_units[m] == "probability" and _zeros_and_ones(values[:, :, m]) else Mean
        means = [summary(values[k, :, m]) for k in range(len(regimes))]
        unit = results.measure_units[m]
        label = clean(results.measure_labels[m])
        note = "" if unit in ("1", "h", "share", "probability") else _safe(unit)
        cells = []
        for k, mean in enumerate(means):
            text, interval = _estimate(mean, unit)
            mark = "*" if 0 < mean.n < results.replicates else ""
            cell = f"{text}{mark}<small>{interval}</small>"
            if k > 0 and mean.n > 0:
                number, span = _estimate(differences[m][k - 1], unit, signed=True)
                verdict = _verdict(differences[m][k - 1], adjusted[m][k - 1], results.measure_better[m], number)
                span = "" if verdict == "same" else span
                cell += f"<span class=\"difference\">{_safe(verdict)}<small>{span}</small></span>"
            cells.append(f"<td>{cell}</td>")
        name = _safe(label[:1].upper() + label[1:])
        rows.append(f"<tr><th scope=\"row\">{name}<small>{note}</small></th>{''.join(cells)}</tr>")
    return (
        f"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Measure</th>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _zeros_and_ones(values):
    return all(not math.isfinite(v) or v in (0, 1) for v in values.ravel())


def _how_to_read(results):
    text = (
        f"First number: mean over {results.replicates} replicates (simulated histories); below it the 95 % confidence "
        "interval of that mean."
    )
    if len(results.regimes) > 1:
        text += (
            f" Second number: this regime minus \u201c{clean(results.regimes[0])}\u201d in the same worlds with the same "
            "luck, replicate by replicate, and the 95 % interval of the mean difference; better and worse are said of "
            "the measure alone. \u2248 cannot be told apart: the interval of the difference contains 0. \u201csame\u201d: "
            "equal in every replicate. \u201c?\u201d: the interval leaves out 0, but among all comparisons of this table "
            "such a one may be chance (Holm\u2019s adjustment, 5 %). * not every replicate has a value; \u2013 none has. pp: percentage points. No row says which regime is best on "
            "the whole."
        )
    return f"<p class=\"note\">{_safe(text)}</p>"


def _inline(svg, title, number):
    """An SVG document as an element: no style attributes (the policy forbids them), ids of its own."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.S)
    svg = re.sub(r"<style[^>]*>.*?</style>", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)

    def attributes(match):
        pairs = (part.split(":", 1) for part in match.group(1).split(";") if ":" in part)
        return " ".join(f'{key.strip()}="{value.strip()}"' for key, value in pairs)

    svg = re.sub(r'style="([^"]*)"', attributes, svg)
    svg = re.sub(r'\bid="', f'id="f{number}-', svg)
    svg = re.sub(r"url\(#", f"url(#f{number}-", svg)
    svg = re.sub(r'href="#', f'href="#f{number}-', svg)
    # what matplotlib says in its style element, for the whole picture
    start = f'<svg role="img" aria-label="{_safe(title)}" stroke-linejoin="round" stroke-linecap="butt"'
    return svg.replace("<svg", start, 1)


def _regimes(results):
    items = zip(results.regimes, results.regime_summaries)
    return "".join(f"<li><b>{_safe(name)}</b>{': ' + _safe(text) if text else ''}</li>" for name, text in items)


def _provenance(results):
    facts = [
        ("Seed", results.seed),
        ("Replicates", results.replicates),
        ("Digest of the results", results.digest),
        ("Hash of the scenario", results.scenario_hash),
        *((f"Version of {name}", version) for name, version in results.versions.items()),
    ]
    return "<dl>" + "".join(f"<dt>{_safe(k)}</dt><dd>{_safe(v)}</dd>" for k, v in facts) + "</dl>"


def report_text(results, documents=None):
    """The report as one HTML document that loads nothing and runs nothing. `documents`: (title, SVG document) of the
    figures where they are drawn already."""
    documents = svg_texts(results) if documents is None else documents
    figures = "".join(_inline(svg, title, k) for k, (title, svg) in enumerate(documents))
    figures = figures or "<p>This run kept no curves, so there is nothing to draw.</p>"
    style_hash = base64.b64encode(hashlib.sha256(CSS.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'"
    question = f"<p>{_safe(results.question)}</p>" if results.question else ""
    assumed = _safe(results.assumptions) or "The scenario states no assumption of its own."
    scenario = html.escape("\n".join(clean(line) for line in results.scenario_text.split("\n")))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(results.scenario)}</title><style>{CSS}</style></head><body>"
        f"<h1>{_safe(results.scenario)}</h1>{question}"
        f"<h2>Regimes compared</h2><ul>{_regimes(results)}</ul>"
        f"<h2>Results</h2>{_table(results)}{_how_to_read(results)}"
        f"<h2>Figures</h2>{figures}"
        f"<h2>What was assumed</h2><p>{assumed}</p>"
        f"<h2>Where this comes from</h2>{_provenance(results)}"
        f"<details><summary>The complete scenario</summary><pre>{scenario}</pre></details>"
        "</body></html>\n"
    )


def write_report(results, path, documents=None):
    """Writes the report whole or not at all; an existing file is replaced."""
    path = Path(path)
    text = report_text(results, documents).encode("utf-8")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
