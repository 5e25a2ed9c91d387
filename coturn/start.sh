#!/bin/sh
# Starts coturn with turnserver.conf and what only this machine knows; the secret stays out of the list of processes.
#   DOMAIN         realm, and the name of the certificate
#   TURN_SECRET    the secret that Ahoy signs credentials with
#   EXTERNAL_IP    the public address; default: asked from the internet where the image can, otherwise none
#   INTERNAL_IP    the address of this machine that EXTERNAL_IP leads to; default: its first
#   CERTIFICATES   folder that is searched for DOMAIN.crt and DOMAIN.key; default /certificates
#   TURN_CONFIG    default /etc/coturn/turnserver.conf
#   CERTIFICATE_WAIT_SECONDS, CERTIFICATE_CHECK_SECONDS   default 60 and 3600
# Further arguments go to turnserver.
set -eu
umask 077

: "${DOMAIN:?the name people open}"
: "${TURN_SECRET:?the secret shared with Ahoy}"
certificates=${CERTIFICATES:-/certificates}
settings=$(mktemp)

find_certificate() {
  find "$certificates" -name "$DOMAIN.crt" 2>/dev/null | head -n 1
}

find_external_address() {
  if [ -n "${EXTERNAL_IP:-}" ]; then
    echo "$EXTERNAL_IP"
  elif command -v detect-external-ip >/dev/null; then
    detect-external-ip || true
  fi
}

# The first start may come before the certificate does.
waited=0
while [ -z "$(find_certificate)" ] && [ "$waited" -lt "${CERTIFICATE_WAIT_SECONDS:-60}" ]; do
  sleep 1
  waited=$((waited + 1))
done
certificate=$(find_certificate)

cat "${TURN_CONFIG:-/etc/coturn/turnserver.conf}" >"$settings"
{
  echo "realm=$DOMAIN"
  echo "static-auth-secret=$TURN_SECRET"
  if [ -n "$certificate" ]; then
    echo "cert=$certificate"
    echo "pkey=${certificate%.crt}.key"
  else
    echo "no-tls"
  fi
} >>"$settings"

public=$(find_external_address)
own=${INTERNAL_IP:-$(hostname -I 2>/dev/null | cut -d ' ' -f 1)}
case "$public $own" in
  *:* | ' '* | *' ' | "$own $own") ;;
  *)
    # Behind a 1:1 translation of addresses two relayed people meet at the machine's private address.
    echo "external-ip=$public/$own" >>"$settings"
    echo "allowed-peer-ip=$own" >>"$settings"
    ;;
esac

turnserver -c "$settings" "$@" &
server=$!
trap 'kill "$server"' TERM INT

stamp=$(mktemp)
while sleep "${CERTIFICATE_CHECK_SECONDS:-3600}"; do
  current=$(find_certificate)
  if [ -n "$current" ] && [ "$current" != "$certificate" ]; then
    # Found for the first time, or from another authority: the container's restart takes it up.
    kill "$server"
  elif [ -n "$current" ] && [ "$current" -nt "$stamp" ]; then
    touch "$stamp"
    kill -USR2 "$server"
  fi
done &
watcher=$!

# A trapped signal ends the first wait early; the second one waits for the real end.
code=0
wait "$server" || code=$?
if kill -0 "$server" 2>/dev/null; then
  code=0
  wait "$server" || code=$?
fi
kill "$watcher" 2>/dev/null || true
rm -f "$settings" "$stamp"
exit "$code"
