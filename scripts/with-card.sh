#!/usr/bin/env bash
# Runs a command with a card of the home in a virtual PC/SC reader of its own:
#   scripts/with-card.sh [--home DIR] (--resident R | --card C) [--conf FILE] -- COMMAND...
# The reader lives in private mount and network namespaces, so that many can run side by side, no real reader is touched
# and nothing is left behind. In a container that may make no namespaces, root gets the machine's own place instead, one
# session after the other, as long as no pcscd runs there. The exit code is the command's; before it has run, that of `card insert`, and 3 when there is
# no reader to be had.
# --home defaults to $SHOMEI_HOME or ./shomei-home. --conf is a configuration for OpenSC; without it, one that knows the
# jpki driver alone and caches no files. $SHOMEI names the program; else build/release/bin/shomei, build/dev/bin/shomei.
# The command finds in $CARD_SESSION: pcscd.log, card.log (what `card insert` says), card.pid, opensc.conf.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {  # CODE SENTENCE
  echo "with-card: $2" >&2
  exit "$1"
}

# need FILE PACKAGE: a program of $PATH or a file by its path.
need() {
  case $1 in
    /*) compgen -G "$1" > /dev/null ;;
    *) command -v "$1" > /dev/null ;;
  esac || fail 3 "$1 is missing: apt-get install $2"
}

find_program() {
  local candidate
  for candidate in "${SHOMEI:-}" "$here/../build/release/bin/shomei" "$here/../build/dev/bin/shomei"; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      readlink -f "$candidate"
      return
    fi
  done
  fail 3 "the program is missing: build it with ./dev build release, or name it in \$SHOMEI"
}

# From here on inside the namespaces, where everything that the session writes is in this tmpfs and goes with it. In the
# machine's own place there is no tmpfs.
bring_up_reader() {
  if [ -n "$apart" ]; then
    mkdir -p /run/pcscd 2> /dev/null || { mount -t tmpfs tmpfs /run && mkdir -p /run/pcscd; }
    mount -t tmpfs -o mode=755 tmpfs /run/pcscd
    ip link set lo up
  fi
  export CARD_SESSION=/run/pcscd/session
  mkdir -p "$CARD_SESSION/no-usb"
  PCSCLITE_HP_DROPDIR=$CARD_SESSION/no-usb setpriv --pdeathsig KILL pcscd --foreground --info \
    > "$CARD_SESSION/pcscd.log" 2>&1 < /dev/null &
  pcscd=$!
}

# pcscd is slow to load its drivers on a busy machine. Looked up in the kernel's table: a connection would be a card.
await_reader() {
  local tries
  for ((tries = 0; tries < 400; tries++)); do
    grep -q ':8C7B 00000000:0000 0A ' /proc/net/tcp && return
    kill -0 "$pcscd" 2> /dev/null || break
    sleep 0.05
  done
  sed 's/^/  /' "$CARD_SESSION/pcscd.log" >&2
  fail 3 "pcscd brought up no virtual reader; its log is above"
}

# --pdeathsig: what a killed shell cannot end ends by itself.
insert_card() {
  setpriv --pdeathsig KILL "$SHOMEI" --home "$home" card insert "$@" > "$CARD_SESSION/card.log" 2>&1 < /dev/null &
  card=$!
  echo "$card" > "$CARD_SESSION/card.pid"
}

await_card() {
  local tries
  for ((tries = 0; tries < 200; tries++)); do
    if ! kill -0 "$pcscd" 2> /dev/null; then
      sed 's/^/  /' "$CARD_SESSION/pcscd.log" >&2
      fail 3 "pcscd ended by itself; its log is above"
    fi
    if ! kill -0 "$card" 2> /dev/null; then
      cat "$CARD_SESSION/card.log" >&2
      local code=0
      wait "$card" || code=$?
      fail "$code" "the card could not be inserted; the reason is above"
    fi
    opensc-tool --list-readers 2> /dev/null | grep -q ' Yes ' && return
    sleep 0.05
  done
  fail 3 "the reader shows no card after 10 s"
}

write_conf() {
  cat > "$CARD_SESSION/opensc.conf" <<'CONF'
app default {
  card_drivers = jpki;
  framework pkcs15 { use_file_caching = no; pin_cache_ignore_user_consent = true; }
}
CONF
}

end_session() {
  local running
  running=$(jobs -p)
  # shellcheck disable=SC2086
  [ -z "$running" ] || { kill $running 2> /dev/null && wait $running 2> /dev/null; } || true
  [ -n "$apart" ] || rm -rf /run/pcscd/session
}

inside() {  # HOME CONF WHOSE-OPTION WHOSE COMMAND...
  home=$1
  apart=''
  [ "$(readlink /proc/self/ns/mnt)" = "${SHOMEI_OUTER_NAMESPACE:-}" ] || apart=yes
  local conf=$2
  trap end_session EXIT
  bring_up_reader
  await_reader
  insert_card "$3" "$4"
  write_conf
  export OPENSC_CONF=${conf:-$CARD_SESSION/opensc.conf}
  await_card
  shift 4
  setpriv --pdeathsig TERM "$@"
}

main() {
  local home=${SHOMEI_HOME:-shomei-home} conf='' whose=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    [ $# -ge 2 ] || fail 2 "$1 needs a value; see the head of $0"
    case $1 in
      --home) home=$2 ;;
      --conf) conf=$(readlink -f "$2") ;;
      --resident | --card) whose=("$1" "$2") ;;
      *) fail 2 "there is no option $1; see the head of $0" ;;
    esac
    shift 2
  done
  [ ${#whose[@]} -eq 2 ] && [ $# -ge 2 ] || fail 2 "say whose card and which command: --resident R -- COMMAND"
  need pcscd pcscd
  need '/usr/lib/pcsc/drivers/serial/libifdvpcd.so*' vsmartcard-vpcd
  need opensc-tool opensc
  need unshare util-linux
  need setpriv util-linux
  need ip iproute2
  SHOMEI=$(find_program)
  export SHOMEI
  local namespaces=(-mn)
  [ "$(id -u)" -eq 0 ] || namespaces=(-Urmn)
  shift
  SHOMEI_OUTER_NAMESPACE=$(readlink /proc/self/ns/mnt)
  export SHOMEI_OUTER_NAMESPACE
  if unshare "${namespaces[@]}" true 2> /dev/null; then
    exec unshare "${namespaces[@]}" "$here/with-card.sh" --inside "$home" "$conf" "${whose[@]}" "$@"
  fi
  [ "$(id -u)" -eq 0 ] ||
    fail 3 "no namespaces here: run as root, or allow them with sysctl kernel.unprivileged_userns_clone=1"
  # The lock is let go of when the session ends: it is open in this process and not in what it starts.
  exec 9> /run/lock/shomei-card-session
  flock -w "${SHOMEI_SESSION_WAIT:-120}" 9 || fail 3 "another card session holds this machine's only place: end it first"
  ! pgrep -x pcscd > /dev/null || fail 3 "a pcscd runs here, and no namespaces can be made beside it: stop it first"
  "$here/with-card.sh" --inside "$home" "$conf" "${whose[@]}" "$@" 9>&-
}

if [ "${1:-}" = --inside ]; then
  shift
  inside "$@"
else
  main "$@"
fi
