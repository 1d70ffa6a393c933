#!/bin/sh
# Starts the broker of compose.yaml: formats its folder the first time, with the administrator's password, then becomes the broker.
# Environment: CLUSTER_ID, ADMIN_PASSWORD.
set -eu
password=$ADMIN_PASSWORD
file=/tmp/broker.properties
umask 077
cat /etc/somlos/broker.properties - > "$file" <<END
node.id=1
controller.quorum.bootstrap.servers=kafka:19093
listeners=BROKER://:19092,CONTROLLER://:19093
advertised.listeners=BROKER://kafka:19092,CONTROLLER://kafka:19093
log.dirs=/var/lib/kafka/data
listener.name.broker.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="admin" password="$password";
listener.name.controller.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="$password" user_admin="$password";
END
if [ ! -f /var/lib/kafka/data/meta.properties ]; then
    /opt/kafka/bin/kafka-storage.sh format -t "$CLUSTER_ID" -c "$file" --standalone --add-scram "SCRAM-SHA-512=[name=admin,password=$password]"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$file"
