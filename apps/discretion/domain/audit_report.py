"""An audit's report: one page that stands alone, or every number as JSON or CSV."""

import csv
import html
import io
import json
from collections.abc import Iterator
from typing import Any

MEDIA = {"html": "text/html", "json": "application/json", "csv": "text/csv"}
SAID = ("A", "neither", "B")
COLUMNS = ("measure", "annotator", "principle", "over", "value", "low", "high", "n", "note")

RESTING = frozenset(
    {
        "category",
        "arbitrariness",
        "discrepancy",
        "discrepancy between",
        "priority",
        "rank",
        "supremacy",
        "without the principle",
    }
)
"""The tables that rest on what the principles prefer."""

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 64rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; }
th, td { border-bottom: 1px solid #9996; padding: .25rem .6rem; text-align: left; vertical-align: top; }
td { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.thin { font-style: italic; opacity: .75; }
dt { font-weight: 600; } dd { margin: 0 0 .4rem; overflow-wrap: anywhere; }
"""


def write(*, report: dict[str, Any], kind: str) -> tuple[str, str]:
    """Return a report as text, and its media type; ``kind`` is html, json or csv."""
    writers = {"html": _page, "json": _json, "csv": _csv}
    return writers[kind](report), MEDIA[kind]


def _json(report: dict[str, Any]) -> str:
    numbers = {name: value for name, value in report.items() if name != "figures"}
    return json.dumps(numbers, ensure_ascii=False, indent=2, allow_nan=False, default=str)


def _csv(report: dict[str, Any]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, fieldnames=COLUMNS, restval="")
    writer.writeheader()
    for name, value in _heading(report):
        writer.writerow({"measure": name, "note": _plain(value)})
    for row in rows(report=report):
        writer.writerow({name: _plain(value) for name, value in row.items()})
    return file.getvalue()


def _plain(value: Any) -> Any:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _heading(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "study", report["study"]
    yield "audit", report["audit"]
    yield "written at", report["written_at"]
    yield "rule", report["rule"]
    yield "version", report["version"]
    yield "hash of the data", report["data_hash"]
    yield "reference", report["reference"]["name"]
    yield "controls", json.dumps(report["controls"], ensure_ascii=False)
    if report["basis"]["sentence"]:
        yield "rests on an algorithm", report["basis"]["sentence"]


def rows(*, report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every number with its interval and n, one a row."""
    titles = {item["id"]: item["name"] for item in report["principles"]}
    yield {"measure": "comparisons", "value": report["comparisons"]}
    yield {"measure": "comparisons judged by principle", "value": report["judged_by_principle"]}
    if report["weights"]["settled"] is not None:
        yield {"measure": "clashes settled by the graph's weights", "value": report["weights"]["settled"]}
    if report["withdrawn"]:
        yield {"measure": "people behind its principles who have withdrawn", "value": report["withdrawn"]}
    for name, rate in report["categories"].items():
        yield _rate(f"category: {name}", rate)
    for level in ("nominal", "ordinal"):
        alpha = report["agreement"][f"alpha_{level}"]
        yield _rate(f"Krippendorff alpha, {level}", alpha | {"n": alpha["n_units"]}, note=alpha["note"])
    yield _rate("unanimous", report["agreement"]["unanimous"])
    for row in (*report["annotators"], *report["nulls"]):
        yield from _annotator(row, titles)
    who = {row["id"]: row["name"] for row in report["between"]["annotators"]}
    yield from _matrices(report, titles, who)
    yield from _left_out(report["leave_one_out"], titles, who)
    yield from _oracles(report["basis"]["oracles"], titles)
    yield from _parts(report["agreement_parts"], titles)
    yield from _courses(report["courses"]["courses"])


def _matrices(
    report: dict[str, Any], titles: dict[str, str], who: dict[str, str]
) -> Iterator[dict[str, Any]]:
    names = [item["name"] for item in report["between"]["annotators"]]
    for name, values in zip(names, report["between"]["values"], strict=True):
        for other, value in zip(names, values, strict=True):
            yield {"measure": "discrepancy between", "annotator": name, "over": other, "value": value}
    for cell in report["supremacy"]:
        found = _rate("supremacy", cell, note="few clashes" if cell["sparse"] else "")
        sides = {"principle": titles[cell["principle"]], "over": titles[cell["over"]]}
        yield found | sides | {"annotator": who.get(cell["annotator"], cell["annotator"])}


def _left_out(
    items: list[dict[str, Any]], titles: dict[str, str], who: dict[str, str]
) -> Iterator[dict[str, Any]]:
    for item in items:
        of = {"principle": titles[item["principle"]]}
        for name in ("consensus", "conflict", "indifference"):
            yield from _moved(name, item[name], of)
        for row in item["annotators"]:
            whose = of | {"annotator": who.get(row["annotator"], row["annotator"])}
            yield from _moved("arbitrariness", row["da"], whose)
            yield from _moved("discrepancy", row["dd"], whose)


def _moved(name: str, found: dict[str, Any], of: dict[str, str]) -> Iterator[dict[str, Any]]:
    yield _rate(f"without the principle: {name}", found) | of
    moved = {"value": found["by"], "low": found["by_low"], "high": found["by_high"], "n": found["n"]}
    yield {"measure": f"without the principle: {name} moves by"} | moved | of


def _courses(courses: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in courses:
        who = {"annotator": row["rater"]["name"]}
        yield {"measure": "course: judged", "value": row["judged"]} | who
        yield {"measure": "course: sittings", "value": row["sessions"]} | who
        for track in row["tracks"]:
            for part in ("learning", "fatigue"):
                yield from _change(f"course: {track['name']}, {part}", track[part], who)
        for part, reach in (("stretches", "items"), ("positions", "places in a sitting")):
            for item in row[part]:
                where = f"{reach} {item['first']} to {item['last'] or 'the end'}"
                for name, rate in {**item["shares"], "seconds": item["seconds"]}.items():
                    yield _rate(f"course: {name}, {where}", rate) | who


def _change(measure: str, change: dict[str, Any], who: dict[str, str]) -> Iterator[dict[str, Any]]:
    yield {"measure": f"{measure}, early", "value": change["early"], "n": change["early_n"]} | who
    yield {"measure": f"{measure}, late", "value": change["late"], "n": change["late_n"]} | who
    note = "too few items to say" if change["few"] else ""
    bounds = {name: change[name] for name in ("value", "low", "high")}
    yield {"measure": measure, "n": change["early_n"] + change["late_n"], "note": note} | bounds | who


def _oracles(checks: list[dict[str, Any]], titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    for row in checks:
        who = {"annotator": row["name"]}
        yield {"measure": "oracle: votes", "value": row["votes"]} | who
        yield {"measure": "oracle: votes judged by people as well", "value": row["sampled"]} | who
        yield _alpha("oracle: kappa with people", row["kappa"]) | who
        for item in row["by_principle"]:
            of = who | {"principle": titles.get(item["principle"], item["principle"])}
            yield _alpha("oracle: kappa with people by the principle", item["kappa"]) | of
        yield _rate("oracle: decided for the response shown first", row["position"]["first"]) | who
        yield _rate("oracle: votes that turned with the order", row["position"]["turned"]) | who


def _parts(parts: dict[str, Any], titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield agreement by principle, group and annotator."""
    yield _alpha("agreement: mean kappa of every two people", parts["overall"]["kappa"])
    for kind, column in (("principles", "principle"), ("groups", "over"), ("circles", "over")):
        for row in parts[kind]:
            named = f"agreement by {'groups of annotators' if kind == 'circles' else kind}"
            for level in ("nominal", "ordinal"):
                yield _alpha(f"{named}: alpha, {level}", row[level]) | {column: row["name"]}
            yield _alpha(f"{named}: mean kappa of every two people", row["kappa"]) | {column: row["name"]}
    for row in parts["annotators"]:
        who = {"annotator": row["rater"]["name"]}
        yield _alpha("agreement by annotators: kappa beside the other people", row["kappa"]) | who
        if row["without"]:
            yield _alpha("agreement by annotators: alpha of people without", row["without"]) | who
        for item in row["by_principle"]:
            of = who | {"principle": titles[item["principle"]]}
            yield _alpha("agreement by annotators: kappa by the principle", item["kappa"]) | of
        for item in row["by_group"]:
            yield (
                _alpha("agreement by annotators: kappa in the group", item["kappa"])
                | who
                | {"over": item["group"]}
            )


def _alpha(measure: str, found: dict[str, Any]) -> dict[str, Any]:
    return _rate(measure, found | {"n": found["n_units"]}, note=found["note"])


def _rate(measure: str, rate: dict[str, Any], note: str = "") -> dict[str, Any]:
    return {"measure": measure, "note": note} | {name: rate[name] for name in ("value", "low", "high", "n")}


def _annotator(row: dict[str, Any], titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    who, discrepancy = {"annotator": row["name"]}, row["dd"]
    yield _rate("coverage", row["coverage"]) | who
    yield _rate("arbitrariness", row["da"]) | who
    for item in row["by_active"]:
        reach = f"{item['least']} to {item['most']}" if item["most"] else f"{item['least']} or more"
        yield _rate(f"arbitrariness, {reach} active principles", item["rate"]) | who
    yield _rate("discrepancy", discrepancy) | who
    for name, said in (
        ("mean", "mean of paired bootstraps"),
        ("sd", "standard deviation of paired bootstraps"),
        ("floor", "noise floor of the reference"),
        ("floor_p95", "noise floor of the reference, 95 % point"),
    ):
        yield {"measure": f"discrepancy: {said}", "value": discrepancy[name]} | who
    yield _rate("agreement with the reference", row["confusion"]["agreement"]) | who
    for said, counts in zip(SAID, row["confusion"]["counts"], strict=True):
        for other, times in zip(SAID, counts, strict=True):
            measure = f"confusion: {said}, the reference {other}"
            yield {"measure": measure, "value": times} | who
    for item in row["priorities"]:
        of = who | {"principle": titles[item["principle"]], "n": item["games"], "note": item["note"]}
        yield {"measure": "priority", "value": item["weight"]} | of
        rank = {"value": item["rank"], "low": item["rank_low"], "high": item["rank_high"]}
        yield {"measure": "rank"} | rank | of


def _page(report: dict[str, Any]) -> str:
    title = html.escape(f"{report['audit']}: discretion")
    facts = "".join(
        f"<dt>{html.escape(name)}</dt><dd>{html.escape(str(value))}</dd>" for name, value in _heading(report)
    )
    sentences = "".join(f"<li>{html.escape(sentence)}</li>" for sentence in report["sentences"])
    sections: dict[str, list[dict[str, Any]]] = {}
    for row in rows(report=report):
        sections.setdefault(row["measure"].split(":")[0].split(",")[0], []).append(row)
    brief = report["basis"]["brief"]
    tables = "".join(
        _table(name, found, brief if name in RESTING else "") for name, found in sections.items()
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><main><h1>{title}</h1>"
        f"<p><strong>{html.escape(report['finding'])}</strong></p><dl>{facts}</dl>"
        f"<h2>In sentences</h2><ul>{sentences}</ul>{tables}</main></body></html>\n"
    )


def _table(name: str, found: list[dict[str, Any]], brief: str) -> str:
    used = [column for column in COLUMNS if any(row.get(column) not in (None, "") for row in found)]
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in used)
    body = "".join(
        f"<tr{_thin(row)}>" + "".join(f"<td>{_shown(row.get(column))}</td>" for column in used) + "</tr>"
        for row in found
    )
    heading = html.escape(name[:1].upper() + name[1:])
    return (
        f"<h2>{heading}</h2>{_note(brief)}"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{heading}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _note(brief: str) -> str:
    """Return what a table rests on, where that is an algorithm."""
    return f"<p><strong>Rests on an algorithm.</strong> {html.escape(brief)}</p>" if brief else ""


def _thin(row: dict[str, Any]) -> str:
    return ' class="thin"' if row.get("note") == "few clashes" else ""


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "&ndash;"
    if isinstance(value, float):
        return f"{value:.4f}"
    return html.escape(f"{value:,}" if isinstance(value, int) else str(value))
