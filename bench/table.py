#!/usr/bin/env python3
"""Makes a table of what bench/run.sh has written: bench/table.py results.jsonl. Exit code 1 when a goal was missed."""
import json
import statistics
import sys

# figure, store, large: what it is called, its goal, and the member that has to reach it.
GOALS = {
    ("issue", "sqlite", False): ("issue, RSA-2048, SQLite", "of_raw", 0.85),
    ("issue", "postgres", False): ("issue, RSA-2048, PostgreSQL", "of_raw", 0.75),
    ("large", "sqlite", True): ("issue, RSA-2048, SQLite", "of_raw", 0.75),
    ("large", "postgres", True): ("issue, RSA-2048, PostgreSQL", "of_raw", 0.65),
    ("p384-authority", "sqlite", False): ("issue, P-384 authority, RSA-2048 subjects", "per_second", 5000),
    ("p384-both", "sqlite", False): ("issue, P-384 authority and subjects", "of_bound", 0.8),
}
HTTP_GOAL = 3


def spread(values, digits):
    values = sorted(values)
    text = [f"{round(v, digits):,}" if digits else f"{round(v):,}" for v in (statistics.median(values), values[0], values[-1])]
    return f"{text[0]} ({text[1]} to {text[2]})"


def each(results, member):
    """All three values of each run: the lowest and the highest of its rounds count too."""
    return [r["found"][member][k] for r in results for k in ("median", "min", "max")]


def medians(results, member):
    return [r["found"][member]["median"] for r in results]


def issue_row(results, name, member, goal):
    digits = 0 if member == "per_second" else 3
    found = medians(results, member)
    middle = statistics.median(found)
    low, high = min(each(results, member)), max(each(results, member))
    latency = [r["found"]["latency_ms"] for r in results]
    return [
        f"{name}, {results[0]['stored']:,} stored",
        f"{member} >= {goal:,}",
        f"{round(middle, digits) if digits else round(middle):,} ({low:,} to {high:,})",
        f"{spread(medians(results, 'per_second'), 0)}/s",
        f"signs {spread(medians(results, 'raw_signatures_per_second'), 0)}, verifies "
        f"{spread(medians(results, 'raw_verifications_per_second'), 0)}",
        f"{statistics.median(x['p50'] for x in latency)} / {statistics.median(x['p99'] for x in latency)}",
        str(sum(r["found"]["failed"] for r in results)),
        "met" if middle >= goal and not any(r["found"]["failed"] for r in results) else "NOT met",
    ]


def http_row(results, peers, name):
    pairs = list(zip(results, peers))
    ratios = [r["found"]["per_second"]["median"] / p["found"]["per_second"] for r, p in pairs]
    latency = [r["found"]["latency_ms"] for r in results]
    errors = sum(r["found"]["failed"] for r in results) + sum(p["found"]["errors"] for p in peers)
    return [
        name,
        f"{HTTP_GOAL} times cfssl",
        spread(ratios, 2),
        f"{spread(medians(results, 'per_second'), 0)}/s",
        f"cfssl {spread([p['found']['per_second'] for p in peers], 0)}/s",
        f"{statistics.median(x['p50'] for x in latency)} / {statistics.median(x['p99'] for x in latency)}",
        str(errors),
        "met" if statistics.median(ratios) >= HTTP_GOAL and errors == 0 else "NOT met",
    ]


def find_row(results):
    questions = [q for r in results for q in r["found"]["questions"]]
    worst = max(questions, key=lambda q: q["p99_ms"])
    wrong = sum(q["wrong"] for q in questions)
    return [
        f"finding and lists, {results[0]['store']}, {results[0]['stored']:,} stored",
        f"each p99 < {results[0]['found']['limit_ms']} ms",
        f"worst p99 {worst['p99_ms']} ms: {worst['what']}{'' if worst['there'] else ', missing'}",
        "", "",
        f"{statistics.median(q['p50_ms'] for q in questions)} / {worst['p99_ms']}",
        str(wrong),
        "met" if all(r["found"]["met"] for r in results) else "NOT met",
    ]


def rows_of(results):
    groups = {}
    for r in results:
        groups.setdefault((r["figure"], r["store"], r["stored"]), []).append(r)
    rows = []
    for (figure, store, stored), group in groups.items():
        key = (figure, store, figure == "large")
        if key in GOALS:
            rows.append(issue_row(group, *GOALS[key]))
        elif figure == "find":
            rows.append(find_row(group))
        elif figure in ("http", "http-64"):
            peers = [r for r in results if r["figure"] == "cfssl"]
            rows.append(http_row(group, peers, f"issue over HTTP, {group[0]['found']['threads']} connections, {stored:,} stored"))
        elif figure == "fill":
            found = group[0]["found"]
            rows.append([f"filling, {store}", "", f"{found['certificates']:,} certificates in {found['seconds']} s", "", "", "", "0", ""])
    return rows


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    print(json.dumps(lines[0]["machine"], ensure_ascii=False))
    head = ["figure", "goal", "median (lowest to highest)", "rate", "beside, in the same run", "p50 / p99 ms", "errors", ""]
    rows = rows_of(lines[1:])
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    return 1 if any(row[-1] == "NOT met" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
