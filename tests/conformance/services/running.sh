# A test that sources this has a copy of the home, with its certificates and PINs in the folder where it stands, and the
# services of that home running.
. "$(dirname "${BASH_SOURCE[0]}")/serving.sh"

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")"/{pins,signature.crt,user_authentication.crt} .
start_services
