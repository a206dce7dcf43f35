# The words and checks of the story that ./start tells. Sourced by ./start; needs $shomei and $home.

step_number=0
lines_of_step=()

bold=$'\e[1m' dim=$'\e[2m' plain=$'\e[0m'
[ -t 1 ] || bold='' dim='' plain=''

# step ENGLISH JAPANESE: opens a step.
step() {
  step_number=$((step_number + 1))
  echo
  echo "${bold}${step_number}. $1${plain}  $2"
}

# said TEXT: one line of what happened.
said() { echo "   $1"; }

# repeat COMMAND: what a person types to do or see it again.
repeat() { echo "   ${dim}\$ $1${plain}"; }

# prove WHAT PATTERN COMMAND...: the outside tool must end well and its output match the pattern (extended, one line); the
# first matching line is shown. prove_refusal: the same of a tool that must end with an error.
prove() { prove_with 0 "$@"; }
prove_refusal() { prove_with 1 "$@"; }

prove_with() {
  local refusal=$1 what=$2 pattern=$3 output line code=0
  shift 3
  output=$("$@" 2>&1) || code=$?
  line=$(grep -E -m 1 -- "$pattern" <<< "$output" || true)
  if [ -z "$line" ] || [ $((code != 0)) -ne "$refusal" ]; then
    echo "   FAILED  $what" >&2
    echo "           expected a line with: $pattern" >&2
    echo "           from: $*, which ended with $code" >&2
    sed 's/^/           | /' <<< "$output" | tail -20 >&2
    exit 1
  fi
  line=${line//$work\//}
  line=${line//$home\//}
  echo "   proof   $what: $(sed 's/^[[:space:]]*//' <<< "$line")"
}

# certificate_of KIND: the serial of the hero's certificate of that kind that is on her card, "" when there is none.
certificate_of() {
  "$shomei" --json certificate list --resident "$hero" |
    jq -r --arg kind "$1" '[.certificates[] | select(.kind == $kind and .delivered)] | last | .serial // ""'
}

state_of() { "$shomei" --json certificate status --serial "$1" | jq -r '.state + " " + (.reason // "")'; }
