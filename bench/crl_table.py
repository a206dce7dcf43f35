#!/usr/bin/env python3
"""Makes a table of what bench/crl.sh has written: bench/crl_table.py [--json] crl.jsonl. Exit code 1 when a goal was missed."""
import json
import statistics
import sys

GOALS = {"million": (150, 64_000_000), "scattered": (150, 64_000_000), "ten": (2_000, None)}  # ms by the clock, bytes
NAMES = {"million": "read in order at a start", "scattered": "revoked one by one in random order", "ten": "read in order at a start"}


def text(values, digits, unit):
    low, middle, high = (f"{found:,.{digits}f}" for found in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low} to {high}) {unit}"


def samples(found, what, key):
    """One run each, or a spread of several."""
    spreads = [next(one for one in f["lists"] if one["what"] == what)[key] for f in found]
    return [s[k] for s in spreads for k in (("median",) if len(spreads) > 1 else ("median", "min", "max"))]


def row(figure, goal, values, digits, unit, limit, beside):
    met = None if limit is None else statistics.median(values) <= limit
    return {"figure": figure, "goal": goal, "text": text(values, digits, unit), "median": statistics.median(values), "unit": unit,
            "min": min(values), "max": max(values), "met": met, "beside": beside}


def rows_of(figure, found):
    ms_max, bytes_max = GOALS[figure]
    rows = []
    for what in ("whole", "delta", "partition"):
        of = [next(one for one in f["lists"] if one["what"] == what) for f in found]
        name = f"{what} list, {of[-1]['entries']:,} entries of {found[0]['entries']:,}, {NAMES[figure]}"
        core = text(samples(found, what, "core_ms"), 1, "ms")
        store = text(samples(found, what, "store_ms"), 1, "ms")
        limit = ms_max if what == "whole" else None
        rows.append(row(name, f"<= {limit} ms" if limit else "", samples(found, what, "ms"), 1, "ms", limit,
                        f"of the processor {core}; {of[-1]['bytes'] / 1e6:.2f} MB; into the store {store}"))
        memory = [b / 1e6 for b in samples(found, what, "peak_bytes")]
        limit = bytes_max / 1e6 if bytes_max and what == "whole" else None
        rows.append(row(f"{name}: memory beyond the revoked themselves", f"<= {limit:.0f} MB" if limit else "", memory, 1, "MB",
                        limit, f"{found[0]['bytes_per_entry']} bytes for each of the revoked"))
    return rows


json_wanted = "--json" in sys.argv
with open(sys.argv[-1], encoding="utf-8") as lines:
    results = [json.loads(line) for line in lines]
machine = results[0]["machine"]
of = {}
for result in results[1:]:
    of.setdefault(result["figure"], []).append(result["found"])
rows = [r for figure in GOALS if figure in of for r in rows_of(figure, of[figure])]
if "openssl" in of:
    rows.append(row("openssl ca -gencrl, the whole process", "", [o["seconds"] for o in of["openssl"]], 2, "s", None,
                    f"of the processor {text([o['core_seconds'] for o in of['openssl']], 2, 's')}; memory "
                    f"{text([o['peak_bytes'] / 1e6 for o in of['openssl']], 0, 'MB')}"))
for check in of.get("check", []):
    counts = {c: check[c] for c in ("openssl", "certtool", "strongswan") if check[c] is not None}
    rows.append({**row(f"the {check['list']} list, read and verified", "all the same", list(counts.values()), 0, "entries", None,
                       ", ".join(counts)), "met": len(set(counts.values())) == 1})
missed = [r for r in rows if r["met"] is False]
if json_wanted:
    print(json.dumps({"machine": machine, "rows": rows, "met": not missed}))
else:
    print(f"{machine['cpu']}, {machine['cores']} cores, load {machine['load']}, {machine['commit']}")
    for r in rows:
        verdict = {True: "met", False: "MISSED", None: ""}[r["met"]]
        print(f"{r['figure']}: {r['text']}  {r['goal']} {verdict}\n    {r['beside']}")
sys.exit(1 if missed else 0)
