import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';

/**
 * Answers whom a request comes from: the last address of X-Forwarded-For that no trusted proxy vouches for, else
 * the peer itself. Whatever a peer that is no trusted proxy claims is ignored.
 */
export function createClientAddress(trustedProxies: string[]): (request: IncomingMessage) => string {
  const isTrusted = proxyAddr.compile(trustedProxies);
  return (request) => {
    const claimed = proxyAddr(request, isTrusted);
    const address = claimed && isIP(claimed) ? claimed : request.socket.remoteAddress;
    return normalise(address ?? 'unknown');
  };
}

/** One person has one address, whether the socket listens on IPv4 or on both. */
function normalise(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}
