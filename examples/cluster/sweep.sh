#!/bin/sh
# One shard of a sweep: sweep.sh I N FOLDER
set -eu
exec "${DOORBUSTER:-doorbuster}" sweep "${SCENARIO:-algorithms}" \
    --vary "algorithm=round_robin,power_of_d,least_connections" \
    --vary "replicas=9,10,12,16" \
    --replications "${REPLICATIONS:-20}" \
    --jobs "${JOBS:-1}" \
    --shard "$1/$2" --into "$3/shard-$1"
