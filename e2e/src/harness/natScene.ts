import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCallBrowser } from './callBrowser.ts';
import { createNamespaces, type Namespaces } from './namespaces.ts';
import { type Browsers, CHROMIUM } from './openBrowser.ts';
import { type Coturn, startCoturn } from './startCoturn.ts';
import { type Line, startWire } from './wire.ts';

/** A house with a browser behind a router that translates addresses as the worst do. */
export interface House {
  readonly browsers: Browsers;
  /** From now on the router lets no UDP through, or again. */
  readonly setUdp: (isAllowed: boolean) => Promise<void>;
}

/** Two houses, and between them a public network with coturn and the way to the server. */
export interface NatScene {
  readonly houses: readonly [House, House];
  readonly coturn: Coturn;
  /** Where the browsers find the server. */
  readonly url: string;
  /** The way to the server, which can be cut while media goes on. */
  readonly line: Line;
  readonly stop: () => Promise<void>;
}

/** Starts what is called from both houses, with coturn's `env`; resolves with its address on loopback. */
export type StartServer = (env: Coturn['env']) => Promise<string>;

const PUBLIC = 'public';
/** In the machine's own network. It goes by itself, too, some time after the namespace that it leads to. */
const NEAR_LINK = `ahoy${process.pid}`;
/** Each new binding gets a port by chance, per other side: nobody outside can guess it, and STUN cannot tell it. */
const TRANSLATION = `table ip translation {
  chain out { type nat hook postrouting priority srcnat; oifname "wan" masquerade fully-random; }
}`;
const NO_UDP = `table ip walls {
  chain pass { type filter hook forward priority filter; meta l4proto udp drop; }
}`;
const ALL_UDP = 'table ip walls\ndelete table ip walls';

/**
 * Builds both houses. Ask `missingForNamespaces` before. The server stays in the machine's own network, on loopback,
 * and is reached through a wire at an address that only this scene has.
 */
export async function startNatScene(startServer: StartServer): Promise<NatScene> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const namespaces = await createNamespaces();
    stops.push(namespaces.drop);
    // Of the network for benchmarks (RFC 2544), which no machine is in; the process keeps runs apart.
    const net = `198.18.${process.pid % 256}`;
    await layPublic(namespaces, net);
    stops.push(() => namespaces.ip(null, `link delete ${NEAR_LINK}`));
    const coturn = await startCoturn({
      address: `${net}.2`,
      namespace: await namespaces.name(PUBLIC),
    });
    stops.push(coturn.stop);
    const line = await startWire(await startServer(coturn.env), `${net}.1`);
    stops.push(line.stop);
    const folder = await mkdtemp(join(tmpdir(), 'ahoy-nat-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const settle = async ({ home, router }: { home: string; router: string }): Promise<House> => {
      const wrapper = join(folder, home);
      await writeFile(wrapper, `#!/bin/sh\nexec ip netns exec ${home} ${CHROMIUM.executablePath} "$@"\n`);
      await chmod(wrapper, 0o700);
      const browsers = await openCallBrowser(line.url, {
        executablePath: wrapper,
        // Microphones and workers exist for secure pages; here there is no certificate.
        args: [`--unsafely-treat-insecure-origin-as-secure=${line.url}`],
      });
      stops.push(browsers.close);
      return { browsers, setUdp: (isAllowed) => namespaces.filter(router, isAllowed ? ALL_UDP : NO_UDP) };
    };
    // All of the network first: browsers start over when theirs changes.
    const homes = [await layHouse(namespaces, net, 0), await layHouse(namespaces, net, 1)] as const;
    return { houses: [await settle(homes[0]), await settle(homes[1])], coturn, url: line.url, line, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The public network, tied to the machine's own by one pair of addresses: .1 there, .2 here. */
async function layPublic({ name, ip, forward }: Namespaces, net: string): Promise<void> {
  const full = await name(PUBLIC);
  await ip(null, `link add ${NEAR_LINK} type veth peer name server netns ${full}`);
  await ip(null, `addr add ${net}.1/30 dev ${NEAR_LINK}`);
  await ip(null, `link set ${NEAR_LINK} up`);
  await ip(null, `route add ${net}.0/24 via ${net}.2`);
  await ip(PUBLIC, `addr add ${net}.2/30 dev server`);
  await ip(PUBLIC, 'link set server up');
  // Without a way to everywhere coturn drops sessions after a few packets.
  await ip(PUBLIC, `route add default via ${net}.1`);
  await forward(PUBLIC);
}

/** A router with a public address, and a home behind it. */
async function layHouse(
  { name, ip, forward, filter }: Namespaces,
  net: string,
  index: 0 | 1,
): Promise<{ home: string; router: string }> {
  const [router, house] = [`router${index}`, `home${index}`];
  const address = (host: number) => `${net}.${16 + index * 4 + host}`;
  const inside = `10.${index + 1}.0`;
  const [routerName, home] = [await name(router), await name(house)];
  await ip(PUBLIC, `link add ${router} type veth peer name wan netns ${routerName}`);
  await ip(PUBLIC, `addr add ${address(1)}/30 dev ${router}`);
  await ip(PUBLIC, `link set ${router} up`);
  await ip(router, `addr add ${address(2)}/30 dev wan`);
  await ip(router, 'link set wan up');
  await ip(router, `route add default via ${address(1)}`);
  await ip(router, `link add lan type veth peer name eth0 netns ${home}`);
  await ip(router, `addr add ${inside}.1/24 dev lan`);
  await ip(router, 'link set lan up');
  await ip(house, `addr add ${inside}.2/24 dev eth0`);
  // An IPv6 address that comes a second later would be a change of the network to the browser.
  await ip(house, 'link set eth0 addrgenmode none');
  await ip(house, 'link set eth0 up');
  await ip(house, `route add default via ${inside}.1`);
  await forward(router);
  await filter(router, TRANSLATION);
  return { home, router };
}
