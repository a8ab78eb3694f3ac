#!/bin/bash
# Run once by the PostgreSQL image on an empty folder: a role and a database for each service,
# each role able to connect to its own database only.
set -euo pipefail
for service in complaints triage notify ledger; do
    word=$(< "/run/secrets/password-$service")
    psql --no-psqlrc -v ON_ERROR_STOP=1 -v name="kentongan_$service" -v word="$word" \
        --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'word';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
