#!/usr/bin/env bash
# Revocation lists at national size beside `openssl ca -gencrl`, in turns; `./dev bench crl` runs it. bench/README.md says what it
# takes and leaves.
#   --only A,B  some of: million scattered ten check
#   --runs N    of each figure (default 5)     --json   one document, and no table
#   --trial     one short run of each with 10,000 entries: its figures say nothing
set -euo pipefail
cd "$(dirname "$0")/.."
only=million,scattered,ten,check runs=5 json='' trial=
while [ $# -gt 0 ]; do
  case $1 in
    --only) only=$2; shift ;;
    --runs) runs=$2; shift ;;
    --json) json=--json ;;
    --trial) trial=yes runs=1 ;;
    *) echo "bench/crl.sh: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
million=1000000 ten=10000000 key=rsa-2048
[ -z "$trial" ] || { million=10000 ten=20000; }
shomei=$(realpath "${SHOMEI:-build/release/bin/shomei}")
[ -x "$shomei" ] || { echo "build it first: ./dev build release" >&2; exit 3; }
mkdir -p "${BENCH_DIR:-build/bench}"
results=$(realpath "${BENCH_DIR:-build/bench}")/crl.jsonl
bench=$(mktemp -d "$(dirname "$results")/run.XXXXXX")
trap 'rm -rf "$bench"' EXIT

wants() { [[ ",$only," == *",$1,"* ]]; }
say() { echo "== $*" >&2; }
record() { jq -c --arg figure "$1" '{figure: $figure, found: .}' >> "$results"; }

# measured COMMAND...: its seconds, by the clock and of the processor, and its peak memory.
measured() {
  python3 - "$@" << 'END'
import json, os, sys, time
begun = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
if status:
    sys.exit(f"{sys.argv[1]} ended with {status}")
print(json.dumps({"seconds": time.monotonic() - begun, "core_seconds": used.ru_utime + used.ru_stime, "peak_bytes": used.ru_maxrss * 1024}))
END
}

# A CA of openssl with that many revoked: numbers of 16 to 20 random bytes, in random order, as an index has them.
make_openssl_ca() {
  openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=bench -days 30 -keyout "$bench/ca.key" -out "$bench/ca.pem" 2> /dev/null
  python3 - "$million" > "$bench/index.txt" << 'END'
import random, sys
reasons = ["keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", None]
for _ in range(int(sys.argv[1])):
    serial = bytes([random.randrange(64, 128)]) + random.randbytes(random.randrange(15, 20))
    at = f"{random.randrange(22, 27)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}{random.randrange(24):02}0000Z"
    reason = random.choice(reasons)
    print("R", "310101000000Z", f"{at},{reason}" if reason else at, serial.hex().upper(), "unknown", "/CN=x", sep="\t")
END
  echo 01 > "$bench/number"
  cat > "$bench/ca.cnf" << END
[ca]
default_ca = one
[one]
database = $bench/index.txt
crlnumber = $bench/number
certificate = $bench/ca.pem
private_key = $bench/ca.key
default_md = sha256
default_crl_days = 1
crl_extensions = extensions
[extensions]
authorityKeyIdentifier = keyid:always,issuer:always
END
}

# What others make of the lists that were made last: how many entries each reads, and whether the signature holds. certtool
# begins anew for each entry that it prints, also where it verifies: of a million it would print for hours, and is not asked.
check() {
  local list=$1 openssl certtool=null swan
  openssl crl -inform DER -in "$bench/out/$list.crl" -out "$bench/list.pem"
  openssl crl -in "$bench/list.pem" -noout -CAfile "$bench/out/authority.pem" 2>&1 | grep -q '^verify OK$'
  openssl=$(openssl crl -in "$bench/list.pem" -noout -text | grep -c '^ *Serial Number:')
  if [ "$openssl" -le 100000 ]; then
    certtool --verify-crl --load-ca-certificate "$bench/out/authority.pem" --infile "$bench/list.pem" | grep -q Verified
    certtool=$(certtool --crl-info --infile "$bench/list.pem" | grep -c 'Serial Number')
  fi
  swan=$(pki --print --type crl --in "$bench/out/$list.crl" 2> /dev/null | sed -n 's/^ *\([0-9]*\) revoked certificates*:.*/\1/p')
  jq -nc --arg list "$list" --argjson openssl "$openssl" --argjson certtool "$certtool" --argjson strongswan "$swan" '$ARGS.named'
}

jq -nc --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg cores "$(nproc)" --arg kernel "$(uname -r)" \
  --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg commit "$(git describe --always --dirty)" --arg at "$(date -Is)" \
  --arg runs "$runs" --arg trial "$trial" '{machine: $ARGS.named}' > "$results"
mkdir "$bench/out"
if wants million || wants check; then
  make_openssl_ca
  for run in $(seq "$runs"); do
    say "$million entries and openssl ca -gencrl, run $run of $runs"
    "$shomei" --json bench crl --entries "$million" --runs 1 --key "$key" --out "$bench/out" | record million
    ! wants million || measured openssl ca -gencrl -config "$bench/ca.cnf" -out "$bench/openssl.crl" 2> /dev/null | record openssl
    wants million || break
  done
fi
if wants check; then
  scripts/install.sh
  for list in whole delta partition; do
    say "what openssl, certtool and strongSwan read in the $list list"
    check "$list" | record check
  done
fi
for figure in scattered ten; do
  wants "$figure" || continue
  say "$figure, $runs runs"
  count=$million scattered=
  [ "$figure" = scattered ] && scattered=--scattered || count=$ten
  "$shomei" --json bench crl --entries "$count" --runs "$runs" --key "$key" $scattered | record "$figure"
done
python3 bench/crl_table.py $json "$results"
