"""The figures of bench/status.sh as tables: status_table.py RESULTS.jsonl"""
import json
import statistics
import sys


def spread(values, digits=0):
    values = [v for v in values if v is not None]
    if not values:
        return "-"
    text = f"{statistics.median(values):,.{digits}f}"
    return text if len(values) == 1 else f"{text} ({min(values):,.{digits}f} to {max(values):,.{digits}f})"


def of_spread(one, digits=0):
    return f"{one['median']:,.{digits}f} ({one['min']:,.{digits}f} to {one['max']:,.{digits}f})"


lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
machine = next(line["machine"] for line in lines if "machine" in line)
print(f"{machine['cpu']}, {machine['cores']} cores, Linux {machine['kernel']}, load {machine['load']}, {machine['at']}, commit {machine['commit']}")
if machine["trial"]:
    print("A TRIAL: these figures say nothing.")


def found(figure):
    return [line["found"] for line in lines if line.get("figure") == figure]


for figure in ("reused", "openssl"):
    for server in dict.fromkeys(one["server"] for one in found(figure)):
        all_of = [one for one in found(figure) if one["server"] == server]
        print(f"{figure} | {server} | answers/s {spread([o['per_second'] for o in all_of])} | for a second of its processor "
              f"{spread([o['per_server_second'] for o in all_of])} | p99 us {spread([o['p99_us'] for o in all_of])} | errors "
              f"{sum(o['errors'] for o in all_of)}")
reused = found("reused")
pairs = list(zip([o for o in reused if o["server"] == "shomei"], [o for o in reused if o["server"] == "nginx"]))
if pairs:
    print("reused | shomei beside nginx | for a second of processor",
          spread([a["per_server_second"] / b["per_server_second"] for a, b in pairs], 2), "| p99",
          spread([a["p99_us"] / b["p99_us"] for a, b in pairs], 2))
for one in found("signed") + found("scale"):
    print(f"{one.get('key', 'rsa-2048')} | {one['certificates']:,} certificates, {one['revoked']:,} revoked | "
          f"{one['bytes_per_certificate']} bytes each | started from the snapshot in {one['start_seconds']:.2f} s | raw "
          f"{of_spread(one['raw_signatures_per_second'])} | wrong {one['answers_wrong']} of {one['answers_compared']:,}")
    for name, phase in one["phases"].items():
        raw = f" | of raw {of_spread(phase['of_raw'], 3)}" if "of_raw" in phase else ""
        print(f"    {name} | for a second of processor {of_spread(phase['per_server_second'])} | answers/s "
              f"{of_spread(phase['per_second'])} | p99 us {of_spread(phase['p99_us'])}{raw}")
for figure in ("fresh", "mass", "followers"):
    for one in found(figure):
        shown, answered = one["revocation_shown"], one["revocation_answered"]
        print(f"{figure} | shown: {shown['count']:,}, p50 {shown['p50_ms']} ms, p99 {shown['p99_ms']} ms, max {shown['max_ms']} ms | "
              f"answered: {answered['count']:,}, p50 {answered['p50_ms']} ms, p99 {answered['p99_ms']} ms, max {answered['max_ms']} ms"
              + (f" | load p99 {one['load_p99_quiet_us']} us quiet, {one['load_p99_meanwhile_us']} us meanwhile | "
                 f"{one['revoking']['revoked']:,} in {one['revoking']['seconds']} s | behind at most {one['entries_behind_max']} entries"
                 if "revoking" in one else f" | node {one['node']}"))
for one in found("idle"):
    print(f"idle | alone {one['alone']['per_server_second']:,.0f}, meanwhile {one['meanwhile']['per_server_second']:,.0f} for a second of "
          f"processor | memory {one['memory_kib_before']:,} to {one['memory_kib_after']:,} KiB | {one['clients']}")
