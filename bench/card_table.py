#!/usr/bin/env python3
"""Makes a table of what bench/card.sh has written: bench/card_table.py [--json] card.jsonl. Exit code 1 when a goal was
missed."""
import json
import statistics
import sys

ROUND_TRIP_US_MAX = 120
SIGNATURE_RATIO_MAX = 1.3
CHIPS_BYTES_MAX = 100_000_000
OF_KEYS_MIN = 0.5  # of an issue's time: "bounded by making the keys"
MADE_OF = {"key_generation_ms": "making the keys", "card_ms": "the card's other commands", "authority_ms": "the authority",
           "issuer_ms": "the issuer's end"}


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def text(values, digits=0, unit=""):
    found = spread(values)
    low, middle, high = (f"{found[k]:,.{digits}f}" for k in ("min", "median", "max"))
    return f"{middle} ({low} to {high}){unit}"


def row(name, goal, values, met, digits, unit, beside):
    return {"figure": name, "goal": goal, "unit": unit, **spread(values), "met": bool(met), "beside": beside,
            "text": text(values, digits, f" {unit}" if unit else "")}


def reader_rows(of, figure, where):
    cards = of[figure]
    trips = [c["round_trip"]["p50_us"] for c in cards]
    ratios = [c["signature_ratio"] for c in cards]
    tails = text([c["round_trip"]["p99_us"] for c in cards])
    scriptor = text([s["us"] for s in of[f"{figure}-scriptor"]])
    alone = text([1e6 / o["signatures_per_second"] for o in of[f"{figure}-openssl"]])
    signed, raw = (text([c[m]["p50_us"] for c in cards]) for m in ("signature", "raw_rsa_2048"))
    return [
        row(f"APDU round trip through pcscd, p50, {where}", f"<= {ROUND_TRIP_US_MAX}", trips,
            statistics.median(trips) <= ROUND_TRIP_US_MAX, 0, "us", f"p99 {tails}; a SELECT by scriptor {scriptor}"),
        row(f"COMPUTE DIGITAL SIGNATURE of raw and round trip, {where}", f"<= {SIGNATURE_RATIO_MAX}", ratios,
            statistics.median(ratios) <= SIGNATURE_RATIO_MAX, 2, "", f"{signed} us, raw {raw}; openssl speed {alone}"),
    ]


def chips_row(chips):
    values = [c["process_bytes"] / 1e6 for c in chips]
    return row(f"{chips[0]['chips']:,} cards in one process", f"<= {CHIPS_BYTES_MAX / 1e6:.0f}", values,
               max(values) * 1e6 <= CHIPS_BYTES_MAX, 1, "MB", f"{text([c['bytes_each'] / 1e3 for c in chips], 1)} KB each")


def issue_row(issues):
    split = "; ".join(f"{name} {text([i[m]['median'] for i in issues], 1)}" for m, name in MADE_OF.items())
    shares = [i["key_generation_ms"]["median"] / i["whole_ms"]["median"] for i in issues]
    return row(f"a card issued whole, {issues[0]['commands']:.0f} commands, the keys' part {text(shares, 2)}",
               f"keys >= {OF_KEYS_MIN} of it", [i["whole_ms"]["median"] for i in issues],
               statistics.median(shares) >= OF_KEYS_MIN, 0, "ms", split)


def rows_of(results):
    of = {}
    for r in results:
        of.setdefault(r["figure"], []).append(r["found"])
    rows = []
    for figure, where in (("reader", "as it comes"), ("one-core", "all on one core")):
        rows += reader_rows(of, figure, where) if figure in of else []
    return rows + ([chips_row(of["chips"])] if "chips" in of else []) + ([issue_row(of["issue"])] if "issue" in of else [])


def main():
    with open(sys.argv[-1], encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    rows = rows_of(lines[1:])
    if "--json" in sys.argv[1:-1]:
        figures = [{k: v for k, v in r.items() if k != "text"} for r in rows]
        print(json.dumps({**lines[0], "figures": figures}, ensure_ascii=False))
    else:
        print(json.dumps(lines[0]["machine"], ensure_ascii=False))
        print("\n| figure | goal | median of the runs (lowest to highest) | beside, in the same run | |\n|---|---|---|---|---|")
        for r in rows:
            print(f"| {r['figure']} | {r['goal']} | {r['text']} | {r['beside']} | {'met' if r['met'] else 'NOT met'} |")
    return 0 if all(r["met"] for r in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
