import type { TurnPlace } from './turnPlace.ts';

type Kind = 'silent' | 'closed' | 'noTurn' | 'dtls' | 'secretMissing' | 'refused';

/** Why there is no relay. */
export class TurnFailure extends Error {
  override name = 'TurnFailure';
  readonly kind: Kind;
  /** The server's own code (RFC 8656, 19), for `refused`. */
  readonly code: number;

  constructor(kind: Kind, code = 0, reason = '') {
    super(reason);
    this.kind = kind;
    this.code = code;
  }
}

/** One line for the operator: what is wrong, and what to look at. */
export function explainTurnFailure(error: unknown, place: TurnPlace): string {
  if (error instanceof TurnFailure) return explainKind(error, place);
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const where = `${place.host}:${place.port}`;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name ${place.host} is not known; look at its DNS record`;
    case 'ECONNREFUSED':
      return `nothing listens at ${where} over ${place.transport.toUpperCase()}; look at the port and whether coturn runs`;
    case 'ECONNRESET':
      return explainKind(new TurnFailure('closed'), place);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return `${where} cannot be reached from here (${code})`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `what answers at ${where} speaks no TLS; look at the port, and whether coturn has its certificate`;
    default:
      return place.isSecure && isAboutCertificate(code)
        ? `the certificate is not trusted, so browsers refuse it, too: ${error.message} (${code})`
        : error.message || code;
  }
}

const isAboutCertificate = (code: string) => /CERT|SIGNATURE|ISSUER/.test(code);

function explainKind(
  { kind, code, message }: TurnFailure,
  { host, port, transport, isSecure }: TurnPlace,
): string {
  const where = `${host}:${port}`;
  switch (kind) {
    case 'silent':
      return `no answer from ${where} over ${transport.toUpperCase()} in time; look at the firewall`;
    case 'closed':
      return `${where} closed the connection${isSecure ? '; look at whether coturn has its certificate' : ''}`;
    case 'noTurn':
      return `what answers at ${where} is no TURN server`;
    case 'dtls':
      return 'browsers know no TURN over DTLS; use turns: with transport=tcp';
    case 'secretMissing':
      return 'the server asks for credentials, and TURN_SECRET is not set';
    case 'refused':
      return explainCode(code, message);
    default:
      return kind satisfies never;
  }
}

function explainCode(code: number, reason: string): string {
  switch (code) {
    case 401:
    case 441:
      return `the credentials are refused (${code}); TURN_SECRET has to be coturn's static-auth-secret, and its clock right`;
    case 403:
      return `the server forbids it (403 ${reason})`;
    case 486:
      return 'too many relays are in use (486); look at user-quota and total-quota';
    case 508:
      return 'the server has no relay port left (508); look at min-port and max-port';
    default:
      return `the server says ${code} ${reason}`;
  }
}
