#!/usr/bin/env bash
. "$(dirname "$0")/running.sh"

address=${status#http://}

proves "a busy port is one sentence and exit 3"
first=$SHOMEI_HOME
copy_home second
sed -i "s/^status = \"[^\"]*\"/status = \"$address\"/" "$SHOMEI_HOME/shomei.toml"

sentence="Port ${address#*:} on ${address%:*} is in use" expect_error 3 unavailable port_busy shomei serve
export SHOMEI_HOME=$first
openssl_says good signature signature.crt

proves "SIGTERM ends the services within 10 s with exit 0, also while a client holds a connection open"
exec {idle}<> "/dev/tcp/${address%:*}/${address#*:}"
started=${EPOCHREALTIME//[!0-9]/}
kill -TERM "$serve"
code=0
wait "$serve" || code=$?
took=$(((${EPOCHREALTIME//[!0-9]/} - started) / 1000))
[ "$code" -eq 0 ] || fail "exit $code" "$(cat serve.log)"
[ "$took" -lt 10000 ] || fail "it took $took ms"
exec {idle}>&-

proves "they start again at once, on the port that they had"
sed -i "s/^status = \"[^\"]*\"/status = \"$address\"/" "$SHOMEI_HOME/shomei.toml"
start_services
[ "${status#http://}" = "$address" ] || fail "$status is not $address"
both_say good signature signature.crt

proves "after kill -9 too, and nothing is lost"
move_house
kill -KILL "$serve"
wait "$serve" 2> /dev/null || true  # the shell says Killed
start_services
both_say revoked signature signature.crt
expect 0 '^The journal holds' shomei journal verify
expect 0 '^Nothing crossed' shomei journal check
