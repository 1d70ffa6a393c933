#!/bin/sh
# Run once by the postgres image, when its folder is new: each service's roles and database, by the same SQL as on one machine.
# Environment: <SERVICE>_DB_PASSWORD and <SERVICE>_OWNER_DB_PASSWORD for each.
set -eu
for service in mapping rights applications status gateway; do
    name=$(echo "$service" | tr '[:lower:]' '[:upper:]')
    eval "SERVICE_PASSWORD=\$${name}_DB_PASSWORD OWNER_PASSWORD=\$${name}_OWNER_DB_PASSWORD"
    export SERVICE_PASSWORD OWNER_PASSWORD
    psql -X -q -U "$POSTGRES_USER" -d postgres -v "service=$service" -v "database=somlos_$service" -f /etc/somlos/service.sql
done
psql -X -q -U "$POSTGRES_USER" -d postgres -c 'create extension if not exists pg_stat_statements'
