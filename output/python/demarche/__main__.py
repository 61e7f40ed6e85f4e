"""python3 -m demarche figures RESULTS.h5 --out DIR [--format svg,png,pdf] [--report FILE]
python3 -m demarche report RESULTS.h5 --out FILE"""

import argparse
import sys
import warnings
from pathlib import Path

from .open import DamagedFile, open_results


def _formats(text):
    from .figures import FORMATS

    chosen = [f.strip() for f in text.split(",")]
    unknown = [f for f in chosen if f not in FORMATS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no such format: {', '.join(unknown)} (there are {', '.join(FORMATS)})")
    return chosen


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python3 -m demarche", description="Figures and report of a results file.")
    commands = parser.add_subparsers(dest="command", required=True)
    figures = commands.add_parser("figures", help="draw every figure")
    figures.add_argument("results", type=Path)
    figures.add_argument("--out", type=Path, required=True, metavar="DIR")
    figures.add_argument("--format", type=_formats, default=["svg", "png", "pdf"], metavar="svg,png,pdf")
    figures.add_argument("--report", type=Path, metavar="FILE", help="write the one-file report too")
    report = commands.add_parser("report", help="write the one-file report")
    report.add_argument("results", type=Path)
    report.add_argument("--out", type=Path, required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    # a box stands for a character that no font has; that is no news for whoever runs the program
    warnings.filterwarnings("ignore", message="Glyph .* missing")
    try:
        results = open_results(options.results)
        if options.command == "figures":
            from .figures import write_and_embed

            paths, documents = write_and_embed(results, options.out, options.format, embed=options.report is not None)
            if options.report:
                from .report import write_report

                write_report(results, options.report, documents)
                paths.append(options.report)
            for path in paths:
                print(path)
        else:
            from .report import write_report

            write_report(results, options.out)
            print(options.out)
    except DamagedFile as error:
        print(f"demarche: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"demarche: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
