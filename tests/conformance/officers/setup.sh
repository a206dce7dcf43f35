# Officers of a home, each with a P-256 key of their own: sourced after shell.sh. as NAME COMMAND... is that officer at the
# command line.
certified() {  # NAME: a key and a certificate of this home's operations authority
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -subj "/CN=$1" \
    2> /dev/null
}
appointed() {  # NAME ROLES OFFICES, while no officers are required
  certified "$1"
  expect 0 '^Certified: ' shomei officer certify --name "$1" --csr "$work/$1.csr" --out "$work/$1.pem" --office "$office"
  expect 0 '^Appointed: ' shomei officer appoint --name "$1" --role "$2" --for "$3" --certificate "$work/$1.pem" --office "$office"
}
as() {
  local name=$1
  shift
  SHOMEI_OFFICER_CERTIFICATE=$work/$name.pem SHOMEI_OFFICER_KEY=$work/$name.key shomei "$@" --officer "$name"
}
as_json() {
  local name=$1
  shift
  as "$name" --json "$@"
}
officers_required() {
  sed -i 's/^required = false/required = true/' "$SHOMEI_HOME/shomei.toml"
}
last_entry() {  # of the journal, as JSON
  local size
  size=$(shomei --json journal verify | jq -er .entries)
  shomei --json journal show --from $((size - 1)) | jq -e '.entries[0]'
}
