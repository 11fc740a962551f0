#!/bin/sh
# Restore a backup into the empty database that DATABASE_URL names: all of it or nothing.
# Usage: DATABASE_URL=postgresql://… restore.sh FILE
set -eu
: "${DATABASE_URL:?names the empty database to restore into}"
file=${1:?the backup to restore}

ask() { psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$DATABASE_URL" "$@"; }

if [ ! -r "$file" ]; then
    echo "There is no backup $file to read. Nothing was changed." >&2
    exit 1
fi
if [ -e "$file.sha256" ]; then
    if ! (cd "$(dirname "$file")" && sha256sum --check --quiet "$(basename "$file").sha256"); then
        echo "The backup is not what was written: its checksum differs. Nothing was changed." >&2
        exit 1
    fi
else
    echo "There is no checksum beside the backup; going on without." >&2
fi

tables=$(ask --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
if [ "$tables" != 0 ]; then
    echo "The database holds $tables tables already. Restore into an empty one. Nothing was changed." >&2
    exit 1
fi

pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$DATABASE_URL" "$file"

echo "restored; rows in each table:"
ask <<'SQL'
SELECT format('SELECT lpad(count(*)::text, 10) || %L FROM public.%I', '  ' || tablename, tablename)
FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename \gexec
SQL
