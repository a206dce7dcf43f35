#!/usr/bin/env bash
# Every figure of the status service in one go, each beside its peer or its limit; `./dev bench status` runs it. The server is on
# one core (0) and the load on another (1). bench/README.md says what it takes and leaves.
#   --only A,B   some of: reused signed scale fresh postgres mass idle
#   --runs N     of each figure (default 3)      --certificates N   of `scale` (default 200000000)
#   --mass N     certificates of `mass` (default 1000000)           --trial   short: its figures say nothing
set -euo pipefail
cd "$(dirname "$0")/.."
only=reused,signed,scale,fresh,postgres,mass,idle runs=3 certificates=200000000 mass=1000000 trial=
while [ $# -gt 0 ]; do
  case $1 in
    --only) only=$2; shift ;;
    --runs) runs=$2; shift ;;
    --certificates) certificates=$2; shift ;;
    --mass) mass=$2; shift ;;
    --trial) trial=yes ;;
    *) echo "bench/status.sh: what is $1?" >&2; exit 2 ;;
  esac
  shift
done
seconds=5 revocations=500
[ -z "$trial" ] || { seconds=1 runs=1 certificates=100000 mass=2000 revocations=20; }
shomei=$(realpath "${SHOMEI:-build/release/bin/shomei}")
mkdir -p "${BENCH_DIR:-build/bench}"
results=$(realpath "${BENCH_DIR:-build/bench}")/status.jsonl

# shellcheck source=bench/homes.sh
. bench/homes.sh
# shellcheck source=bench/postgres.sh
. bench/postgres.sh

wants() { [[ ",$only," == *",$1,"* ]]; }
say() { echo "== $*" >&2; }
bench=$(mktemp -d "$(dirname "$results")/run.XXXXXX")
pids=()
clean_up() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2> /dev/null || true
  stop_postgres
  rm -rf "$bench"
}
trap clean_up EXIT

record() { jq -c --arg figure "$1" '{figure: $figure, found: .}' >> "$results"; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
await_port() { for _ in $(seq 100); do ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null || return 0; sleep 0.1; done; return 1; }
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
resident_kib() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }

# asked NAME PID URL [WRK OPTION...]: what wrk finds, and the processor time that the server took for it.
asked() {
  local name=$1 pid=$2 url=$3 before after
  shift 3
  before=$(ticks "$pid")
  taskset -c 1 wrk --threads 1 --connections 32 --duration "${seconds}s" --latency --script bench/status.lua "$@" "$url" > "$bench/wrk"
  after=$(ticks "$pid")
  tail -1 "$bench/wrk" | jq -c --arg name "$name" --argjson ticks $((after - before)) \
    '. + {server: $name, server_seconds: ($ticks / 100), per_server_second: (if $ticks > 0 then .answers / $ticks * 100 else null end)}'
}

# serve NAME HOME [OPTION...]: services of a home, pinned to core 0; sets $status, $metrics and $served.
serve() {
  local name=$1 home=$2
  shift 2
  taskset -c "${core:-0}" "$shomei" --home "$home" --json serve "$@" > "$bench/$name.json" 2> "$bench/$name.log" &
  served=$!
  pids+=("$served")
  for _ in $(seq 600); do [ -s "$bench/$name.json" ] && break; sleep 0.1; done
  status=$(jq -r .status "$bench/$name.json")
  # shellcheck disable=SC2034
  metrics=$(jq -r .metrics "$bench/$name.json")
}
end() { kill "$1" && wait "$1" 2> /dev/null || true; }

free_ports() { sed -i -E 's/^(status|authority|metrics) = "127.0.0.1:[0-9]+"/\1 = "127.0.0.1:0"/; s/^acts = .*/acts = ""/' "$1/shomei.toml"; }

# a_question HOME: writes $bench/request.der about a certificate of the home, and $bench/path.
a_question() {
  local serial authority
  read -r serial authority < <("$shomei" --home "$1" --json certificate list --count 1 --office "$2" |
    jq -r '.certificates[0] | .serial + " " + .authority')
  openssl ocsp -no_nonce -issuer "$1/public/$authority.crt" -serial "0x$serial" -reqout "$bench/request.der" > /dev/null 2>&1
  path=/ocsp/$(base64 -w0 "$bench/request.der" | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g')
}

# a_home CERTIFICATES [AUTHORITY_KEY [STORE_URL]]: $bench/home, filled.
a_home() {
  make_home "$bench/home" "${2:-rsa-2048}" rsa-2048 "${3:-}"
  free_ports "$bench/home"
  "$shomei" --home "$bench/home" bench fill --certificates "$1" --without-persons > /dev/null
}
# a_node NAME CERTIFICATES [AUTHORITY_KEY]: a home, its status tier, and a question about one of its certificates.
a_node() {
  a_home "$2" "${3:-rsa-2048}"
  serve "$1" "$bench/home" --only status
  a_question "$bench/home" inagi-city-hall
}

start_nginx() {
  nginx_port=$(free_port)
  mkdir -p "$bench/nginx/html"
  curl -sf "$1" -o "$bench/nginx/html/answer"
  cat > "$bench/nginx/nginx.conf" <<END
worker_processes 1; worker_cpu_affinity 01; daemon off; pid $bench/nginx/pid; error_log $bench/nginx/error.log;
events { worker_connections 20000; }
http {
  access_log off; sendfile on; open_file_cache max=1000; open_file_cache_valid 600s;
  keepalive_requests 1000000000; keepalive_timeout 600;
  client_body_temp_path $bench/nginx; proxy_temp_path $bench/nginx; fastcgi_temp_path $bench/nginx; uwsgi_temp_path $bench/nginx;
  scgi_temp_path $bench/nginx;
  server { listen 127.0.0.1:$nginx_port; root $bench/nginx/html; default_type application/ocsp-response; expires 900; }
}
END
  chmod -R a+rX "$bench"
  nginx -p "$bench/nginx/" -c "$bench/nginx/nginx.conf" > /dev/null 2>&1 &
  nginx=$!
  pids+=("$nginx")
  await_port "$nginx_port"
  nginx_worker=$(pgrep -P "$nginx")
}

# cfssl answers what was signed before, for one certificate; openssl signs anew at each question.
start_peers() {
  local work=$bench/peers
  mkdir -p "$work"
  (
    cd "$work"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 30 -subj '/C=JP/CN=Peer CA' 2> /dev/null
    openssl req -newkey rsa:2048 -nodes -keyout ocsp.key -out ocsp.csr -subj '/C=JP/CN=Responder' 2> /dev/null
    printf 'extendedKeyUsage=OCSPSigning\n' > ext
    openssl x509 -req -in ocsp.csr -CA ca.crt -CAkey ca.key -set_serial 2 -days 30 -extfile ext -out ocsp.crt 2> /dev/null
    openssl req -newkey rsa:2048 -nodes -keyout user.key -out user.csr -subj '/C=JP/CN=user' 2> /dev/null
    openssl x509 -req -in user.csr -CA ca.crt -CAkey ca.key -set_serial 0x1122334455667788 -days 30 -out user.crt 2> /dev/null
    cfssl ocspsign -ca ca.crt -responder ocsp.crt -responder-key ocsp.key -cert user.crt -status good 2> /dev/null |
      jq -r .ocspResponse > responses.txt
    printf 'V\t300101000000Z\t\t1122334455667788\tunknown\t/C=JP/CN=user\n' > index.txt
    openssl ocsp -no_nonce -issuer ca.crt -cert user.crt -reqout request.der > /dev/null 2>&1
  )
  cfssl_port=$(free_port)
  taskset -c 0 cfssl ocspserve -address 127.0.0.1 -port "$cfssl_port" -responses "$work/responses.txt" -loglevel 5 > "$work/cfssl.log" 2>&1 &
  cfssl=$!
  pids+=("$cfssl")
  await_port "$cfssl_port"
  openssl_port=$(free_port)
  taskset -c 0 openssl ocsp -index "$work/index.txt" -port "$openssl_port" -rsigner "$work/ocsp.crt" -rkey "$work/ocsp.key" \
    -CA "$work/ca.crt" -nmin 60 > "$work/openssl.log" 2>&1 &
  openssl=$!
  pids+=("$openssl")
  sleep 1  # a connection that says nothing, as await_port makes it, holds it up for good
}

reused() {
  local home=$bench/home run before
  a_node reused 2
  start_nginx "$status$path"
  start_peers
  for run in $(seq "$runs"); do
    say "reused answers beside nginx and cfssl, run $run of $runs"
    asked nginx "$nginx_worker" "http://127.0.0.1:$nginx_port/answer" | record reused
    asked shomei "$served" "$status$path" | record reused
    # By POST: it does not decode the path of a GET.
    REQUEST=$bench/peers/request.der asked cfssl "$cfssl" "http://127.0.0.1:$cfssl_port/" | record reused
    before=$(ticks "$openssl")
    taskset -c 1 python3 bench/ask_closing.py "$openssl_port" "$bench/peers/request.der" $seconds > "$bench/openssl"
    jq -c --argjson ticks $(($(ticks "$openssl") - before)) \
      '. + {server: "openssl", server_seconds: ($ticks / 100), per_server_second: (if $ticks > 0 then .answers / $ticks * 100 else null end)}' \
      "$bench/openssl" | record openssl
  done
  end "$nginx"; end "$cfssl"; end "$openssl"; end "$served"
  rm -rf "$home"
}

signed() {
  local key
  for key in rsa-2048 ec-p256 ec-p384; do
    say "signed on demand, $key"
    "$shomei" --json bench ocsp --certificates 100000 --hot 1000 --key $key --seconds $seconds --runs "$runs" --folder "$bench" |
      jq -c --arg key $key '. + {key: $key}' | record signed
  done
}

scale() {
  say "$certificates synthetic certificates"
  "$shomei" --json bench ocsp --certificates "$certificates" --hot 100000 --key rsa-2048 --seconds $seconds --runs "$runs" \
    --folder "$bench" | record scale
}

# revoked_under_load NAME HOME COUNT BATCH PAUSE_MS: what the service found meanwhile, with the load's own tail before and during.
revoked_under_load() {
  local name=$1 home=$2 quiet lag=0 now
  quiet=$(asked quiet "$served" "$status$path" | jq .p99_us)
  taskset -c 1 wrk --threads 1 --connections 32 --duration 600s --latency --script bench/status.lua "$status$path" > "$bench/load" &
  local load=$!
  "$shomei" --home "$home" --json bench revoke --count "$3" --batch "$4" --pause-ms "$5" > "$bench/revoked" 2> /dev/null &
  local revoking=$!
  while kill -0 $revoking 2> /dev/null; do
    now=$(curl -s "$status/freshness" | jq .entries_behind)
    [ "${now:-0}" -le "$lag" ] || lag=$now
    sleep 0.2
  done
  sleep 1
  kill -INT $load 2> /dev/null || true
  wait $load 2> /dev/null || true
  curl -s "$status/freshness" | jq -c --argjson quiet "$quiet" --argjson during "$(tail -1 "$bench/load" | jq .p99_us)" \
    --argjson behind "$lag" --slurpfile revoked "$bench/revoked" \
    '. + {load_p99_quiet_us: $quiet, load_p99_meanwhile_us: $during, entries_behind_max: $behind, revoking: $revoked[0]}' | record "$name"
}

fresh() {
  local home=$bench/home run
  for run in $(seq "$runs"); do
    say "from a revocation to the answer that shows it, SQLite, run $run of $runs"
    a_node fresh $((4 * revocations))
    revoked_under_load fresh "$home" $revocations 1 10
    end "$served"
    rm -rf "$home"
  done
}

mass() {
  local home=$bench/home
  say "$mass revocations at once"
  a_node mass $((mass + 2)) ec-p256
  revoked_under_load mass "$home" "$mass" 5000 0
  end "$served"
  rm -rf "$home"
}

followers() {
  local home=$bench/home url node n nodes=()
  start_postgres
  url=$(new_database followers)
  a_home $((4 * revocations)) rsa-2048 "$url"
  for n in 1 2 3; do
    node=$bench/node$n
    cp -a "$home" "$node"
    core=0,1 serve "node$n" "$node" --only status
    nodes+=("$served")
  done
  say "from a revocation to the answer, three followers of one PostgreSQL"
  "$shomei" --home "$home" bench revoke --count $revocations --pause-ms 10 > /dev/null 2>&1
  sleep 1
  for n in 1 2 3; do curl -s "$(jq -r .status "$bench/node$n.json")/freshness" | jq -c --argjson node $n '. + {node: $node}' | record followers; done
  for n in "${nodes[@]}"; do end "$n"; done
  stop_postgres
  rm -rf "$home" "$bench"/node?
}

# Ten thousand idle connections, and clients that read and write slowly: memory, and what is answered meanwhile.
idle() {
  local home=$bench/home before after
  a_node idle 2
  say "ten thousand idle and slow connections"
  asked alone "$served" "$status$path" > "$bench/alone"
  before=$(resident_kib "$served")
  python3 bench/idle_clients.py "${status#http://}" "$path" 10000 > "$bench/idle.log" &
  local clients=$!
  pids+=("$clients")
  for _ in $(seq 300); do grep -q ready "$bench/idle.log" && break; sleep 0.1; done
  asked meanwhile "$served" "$status$path" > "$bench/meanwhile"
  after=$(resident_kib "$served")
  jq -nc --slurpfile alone "$bench/alone" --slurpfile meanwhile "$bench/meanwhile" --argjson before "$before" --argjson after "$after" \
    --arg clients "$(cat "$bench/idle.log")" '{alone: $alone[0], meanwhile: $meanwhile[0], memory_kib_before: $before, memory_kib_after: $after, clients: $clients}' |
    record idle
  end "$clients"; end "$served"
  rm -rf "$home"
}

[ -x "$shomei" ] || { echo "build it first: ./dev build release" >&2; exit 3; }
scripts/install.sh bench/packages.txt
jq -nc --arg cpu "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg cores "$(nproc)" --arg kernel "$(uname -r)" \
  --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" --arg commit "$(git describe --always --dirty)" --arg at "$(date -Is)" --arg trial "$trial" \
  '{machine: $ARGS.named}' > "$results"
! wants reused || reused
! wants signed || signed
! wants fresh || fresh
! wants postgres || followers
! wants idle || idle
! wants mass || mass
! wants scale || scale
python3 bench/status_table.py "$results"
