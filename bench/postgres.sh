# A PostgreSQL 15 of this run alone; sourced by run.sh. $bench is the folder of this run.
postgres_programs=/usr/lib/postgresql/15/bin

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# start_postgres: sets $postgres_port. What is acknowledged is on the disk; memory and log as for a machine of this size.
start_postgres() {
  postgres_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  local data=$bench/postgres
  mkdir -p "$data"
  chmod 711 "$bench"
  [ "$(id -u)" -ne 0 ] || chown postgres: "$data"
  (
    cd /
    as_postgres $postgres_programs/initdb -D "$data" -U shomei -E UTF8 --locale=C -A trust --no-sync > /dev/null
    as_postgres tee -a "$data/postgresql.conf" > /dev/null <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = $postgres_port
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = ${BENCH_SHARED_BUFFERS:-2GB}
max_wal_size = 8GB
min_wal_size = 2GB
checkpoint_timeout = 15min
END
    as_postgres $postgres_programs/pg_ctl -D "$data" -w -l "$data/log" start > /dev/null
  )
}

# new_database NAME: prints its address.
new_database() {
  as_postgres $postgres_programs/createdb -h 127.0.0.1 -p "$postgres_port" -U shomei -T template0 "$1" < /dev/null
  echo "postgresql://shomei@127.0.0.1:$postgres_port/$1"
}
drop_database() {
  as_postgres $postgres_programs/dropdb -h 127.0.0.1 -p "$postgres_port" -U shomei --force "$1" < /dev/null
}
postgres_bytes() {
  as_postgres $postgres_programs/psql -h 127.0.0.1 -p "$postgres_port" -U shomei -At -c "SELECT pg_database_size('$1')" postgres
}
checkpoint_postgres() {
  as_postgres $postgres_programs/psql -h 127.0.0.1 -p "$postgres_port" -U shomei -qc CHECKPOINT postgres
}

stop_postgres() {
  [ -d "$bench/postgres" ] || return 0
  (cd / && as_postgres $postgres_programs/pg_ctl -D "$bench/postgres" -m immediate stop > /dev/null 2>&1) || true
  rm -rf "$bench/postgres"
}
