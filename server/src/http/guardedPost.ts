import { type LookupAddress, lookup } from 'node:dns';
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const TIMEOUT_MS = 10_000;
/** Only the head of an answer is of use; what follows is read up to here, so that the connection can serve again. */
const ANSWER_BYTES = 16 * 1024;
const IDLE_MS = 30_000;
const SOCKETS_PER_HOST = 32;

export type PostAnswer = {
  /** 0: no answer came. */
  status: number;
  /** As the header says, in milliseconds from now; null where it does not. */
  retryAfterMs: number | null;
};

export type GuardedPost = {
  /** Whether an address may be posted to, as far as its text tells. */
  isAllowed(url: string): boolean;
  /** Posts once, follows nothing, and never rejects. */
  post(url: string, headers: OutgoingHttpHeaders, body: Buffer | null): Promise<PostAnswer>;
  close(): void;
};

export type GuardedPostOptions = {
  /** `push.example.org`, `*.example.org`, each with `:port` where it is not 443. */
  hosts: readonly string[];
  /** For tests: loopback counts as public, and certificates of this authority (PEM) are good. */
  loopbackAuthority?: string;
  timeoutMs?: number;
};

/**
 * Posts to addresses that strangers have given: https only, only to hosts that the operator knows, and only where their
 * names lead to public addresses. The connection is made to the very address that was looked at, so that a name cannot
 * lead elsewhere a moment later.
 */
export function createGuardedPost(options: GuardedPostOptions): GuardedPost {
  const { hosts, loopbackAuthority, timeoutMs = TIMEOUT_MS } = options;
  const forbidden = forbiddenAddresses(loopbackAuthority !== undefined);
  const agent = new Agent({
    ...{ keepAlive: true, maxSockets: SOCKETS_PER_HOST, maxFreeSockets: SOCKETS_PER_HOST, timeout: IDLE_MS },
    ...(loopbackAuthority && { ca: loopbackAuthority }),
  });
  const lookupPublic = createPublicLookup(forbidden);

  function isAllowed(text: string): boolean {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    const isPlain = url.protocol === 'https:' && !url.username && !url.password && !url.hash;
    // An address instead of a name would never be looked up.
    return isPlain && isIP(url.hostname.replace(/[[\]]/g, '')) === 0 && hosts.some((host) => fits(url, host));
  }

  return {
    isAllowed,
    post(url, headers, body) {
      if (!isAllowed(url)) return Promise.resolve({ status: 0, retryAfterMs: null });
      return new Promise((resolve) => {
        const signal = AbortSignal.timeout(timeoutMs);
        const sent = request(url, { method: 'POST', headers, agent, lookup: lookupPublic, signal });
        // A service that hangs or closes before it answers was not reached.
        sent.on('error', () => resolve({ status: 0, retryAfterMs: null }));
        sent.on('response', (response) => {
          resolve({
            status: response.statusCode ?? 0,
            retryAfterMs: readRetryAfter(response.headers['retry-after'], Date.now()),
          });
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > ANSWER_BYTES) response.destroy();
          });
          response.on('error', () => response.destroy());
        });
        sent.end(body ?? undefined);
      });
    },
    close: () => agent.destroy(),
  };
}

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds from `now`; null for what is neither. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function fits(url: URL, pattern: string): boolean {
  const [host = '', port = '443'] = pattern.split(':');
  if ((url.port || '443') !== port) return false;
  return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
}

function createPublicLookup(forbidden: BlockList): LookupFunction {
  return (hostname, { all, ...options }, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '');
      const [first, ...others] = addresses.filter((each) => isPublic(each, forbidden));
      if (!first) return done(new Error(`${hostname} leads to no public address`), '');
      if (all) done(null, [first, ...others]);
      else done(null, first.address, first.family);
    });
  };
}

function isPublic({ address, family }: LookupAddress, forbidden: BlockList): boolean {
  return !forbidden.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** What is not the public internet (RFC 6890), in both families; IPv4 within IPv6 is looked at as IPv4 by BlockList. */
function forbiddenAddresses(isLoopbackPublic: boolean): BlockList {
  const list = new BlockList();
  const add = (networks: string[], family: 'ipv4' | 'ipv6') => {
    for (const network of networks) {
      const [address = '', prefix] = network.split('/');
      list.addSubnet(address, Number(prefix), family);
    }
  };
  add(
    [
      ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
      ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
      ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
      ...(isLoopbackPublic ? [] : ['127.0.0.0/8']),
    ],
    'ipv4',
  );
  add(
    [
      ...['::/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
      ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
      ...(isLoopbackPublic ? [] : ['::1/128']),
    ],
    'ipv6',
  );
  return list;
}
