#!/bin/sh
# Write a backup of the database that DATABASE_URL names into a folder, and check that it can be read.
# Usage: DATABASE_URL=postgresql://… backup.sh FOLDER      KEEP_DAYS: remove older ones (14; 0 keeps all)
set -eu
umask 077
: "${DATABASE_URL:?names the database to back up}"
folder=${1:?the folder for the backups}
keep=${KEEP_DAYS:-14}
case $keep in '' | *[!0-9]*)
    echo "KEEP_DAYS must be a number, not '$keep'. Nothing was done." >&2
    exit 2
    ;;
esac

mkdir -p "$folder"
cd "$folder"
name=hakapa-$(date -u +%Y%m%dT%H%M%SZ).dump
unfinished=.$name.unfinished
trap 'rm -f "$unfinished"' EXIT
trap 'exit 130' HUP INT TERM

pg_dump --format=custom --no-owner --no-privileges --dbname="$DATABASE_URL" --file="$unfinished"
# Reads the whole file, every row of it, and writes it nowhere.
pg_restore --file=/dev/null "$unfinished"
mv "$unfinished" "$name"
sha256sum "$name" > "$name.sha256"
echo "wrote $folder/$name ($(wc -c < "$name") bytes)"

if [ "$keep" -gt 0 ]; then
    find . -maxdepth 1 -type f \( -name 'hakapa-*.dump' -o -name 'hakapa-*.dump.sha256' \) \
        -mtime "+$keep" -exec rm -f {} +
fi
