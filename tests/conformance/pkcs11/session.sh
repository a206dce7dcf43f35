# As tests/conformance/card/session.sh, with this project's module in $module and OpenSC's in $opensc. $SHOMEI_PKCS11 names the
# module, $SHOMEI_SPEAK an application that makes one call after the other (tests/pkcs11/speak.cc).
. "$(dirname "${BASH_SOURCE[0]}")/../card/session.sh"

# shellcheck disable=SC2034
opensc=$module
module=$SHOMEI_PKCS11

authentication_token=pkcs11:token=JPKI%20User%20Authentication
signature_token=pkcs11:token=JPKI%20Digital%20Signature

# begin_application NAME: an application of the module that stays; say NAME CALL... makes a call and leaves the answer in $said.
declare -A talks_to=() hears_from=() runs_as=()
begin_application() {
  local pipes
  mkfifo "$work/$1.in" "$work/$1.out"
  "$SHOMEI_SPEAK" "$module" < "$work/$1.in" > "$work/$1.out" &
  runs_as[$1]=$!
  exec {pipes}> "$work/$1.in"
  talks_to[$1]=$pipes
  exec {pipes}< "$work/$1.out"
  hears_from[$1]=$pipes
  says "$1" CKR_OK initialize
}
say() {
  local to=${talks_to[$1]} from=${hears_from[$1]}
  shift
  echo "$*" >&"$to"
  read -r -t 20 said <&"$from" || fail "no answer to: $*"
}
says() {  # NAME PATTERN CALL...
  say "$1" "${@:3}"
  [[ $said =~ ^$2 ]] || fail "\"$2\" was due from $1: ${*:3}" "$said"
}
end_application() {  # NAME
  echo end >&"${talks_to[$1]}"
  wait "${runs_as[$1]}"
}
