#!/bin/sh
# The command `queue-server` of a hall's PC (/usr/local/bin/queue-server): the same folders, environment and user as the
# service's, whoever asks, so that no command ever looks at another database than the one that serves.
environment=/etc/antrean/environment
export QUEUE_DATA="${QUEUE_DATA:-/var/lib/antrean}" QUEUE_CONFIG="${QUEUE_CONFIG:-/etc/antrean}"

if [ -e "$environment" ] && [ ! -r "$environment" ]; then
    echo "queue-server: only root and the service's user may read $environment; become root first (su -)" >&2
    exit 1
fi
if [ -e "$environment" ]; then
    # As systemd reads it: one NAME=value a line, no word of the shell's in it (a database's address holds & and ?).
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            QUEUE_*=*)
                value=${line#*=}
                case $value in
                    \"*\") value=${value#\"} value=${value%\"} ;;
                    \'*\') value=${value#\'} value=${value%\'} ;;
                esac
                export "${line%%=*}=$value"
                ;;
        esac
    done <"$environment"
fi

# What root made in the data folder the server could not open any more.
if [ "$(id -u)" = 0 ]; then
    exec runuser -u antrean -- /opt/antrean/bin/queue-server "$@"
fi
exec /opt/antrean/bin/queue-server "$@"
