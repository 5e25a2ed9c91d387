/** Where a TURN server is, as its URL says (RFC 7065). */
export type TurnPlace = {
  url: string;
  host: string;
  port: number;
  transport: 'udp' | 'tcp';
  isSecure: boolean;
};

const PORT = 3478;
const SECURE_PORT = 5349;

/** Reads a URL that the configuration has let pass. */
export function parseTurnUrl(url: string): TurnPlace {
  const [, scheme, address = '', wanted] = /^(turns?):([^?]+)(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  const [, host = address, port] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
  const isSecure = scheme === 'turns';
  return {
    url,
    host: host.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : isSecure ? SECURE_PORT : PORT,
    transport: wanted === 'udp' || (!wanted && !isSecure) ? 'udp' : 'tcp',
    isSecure,
  };
}
