import { type LookupAddress, lookup } from 'node:dns';
import { Agent } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const IDLE_MS = 30_000;
const SOCKETS_PER_HOST = 32;

export type GuardOptions = {
  /** `push.example.org`, `*.example.org`, each with `:port` where it is not 443. */
  hosts: readonly string[];
  /** For tests: loopback counts as public, and certificates of this authority (PEM) are good. */
  loopbackAuthority?: string;
};

export type GuardedHosts = {
  /** Whether an address may be asked, as far as its text tells. */
  isAllowed(url: string): boolean;
  /** What a request to such an address has to be made with. */
  connection: { agent: Agent; lookup: LookupFunction };
  close(): void;
};

/**
 * Guards requests to addresses that strangers have given: https only, only to hosts that the operator knows, and only where
 * their names lead to public addresses. The connection is made to the very address that was looked at, so that a name cannot
 * lead elsewhere a moment later.
 */
export function guardHosts({ hosts, loopbackAuthority }: GuardOptions): GuardedHosts {
  const forbidden = forbiddenAddresses(loopbackAuthority !== undefined);
  const agent = new Agent({
    ...{ keepAlive: true, maxSockets: SOCKETS_PER_HOST, maxFreeSockets: SOCKETS_PER_HOST, timeout: IDLE_MS },
    ...(loopbackAuthority && { ca: loopbackAuthority }),
  });
  return {
    isAllowed(text) {
      if (!URL.canParse(text)) return false;
      const url = new URL(text);
      const isPlain = url.protocol === 'https:' && !url.username && !url.password && !url.hash;
      // An address instead of a name would never be looked up.
      return (
        isPlain && isIP(url.hostname.replace(/[[\]]/g, '')) === 0 && hosts.some((host) => fits(url, host))
      );
    },
    connection: { agent, lookup: createPublicLookup(forbidden) },
    close: () => agent.destroy(),
  };
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
