import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';

const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const INTEGRITY_BYTES = 24;
const UDP_PROTOCOL = 17;

const method = { allocate: 0x0003, createPermission: 0x0008 } as const;
const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  xorPeerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
} as const;

export interface TurnCredentials {
  readonly username: string;
  readonly credential: string;
}

/** What the server said: zero is success, otherwise the code of RFC 5389 and 5766 (401, 403, ...). */
export interface TurnAnswer {
  readonly errorCode: number;
  /** "address:port" of a successful allocation. */
  readonly relay?: string;
}

interface Message {
  readonly attributes: ReadonlyMap<number, Buffer>;
}

/** Credentials with an end, as use-auth-secret expects them. */
export function signTurnCredentials(secret: string, user: string, expiresAtSeconds: number): TurnCredentials {
  const username = `${expiresAtSeconds}:${user}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** A TURN client over one stream (TCP or TLS), just large enough to ask what a server allows (RFC 5766). */
export class TurnClient {
  readonly #socket: Socket;
  readonly #credentials: TurnCredentials;
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  constructor(socket: Socket, credentials: TurnCredentials) {
    this.#socket = socket;
    this.#credentials = credentials;
  }

  /** Asks for a relayed address: first without credentials for the nonce, then with them. */
  async allocate(): Promise<TurnAnswer> {
    const transport: [number, Buffer] = [attribute.requestedTransport, Buffer.from([UDP_PROTOCOL, 0, 0, 0])];
    const challenge = await this.#exchange(encode(method.allocate, [transport]));
    this.#realm = challenge.attributes.get(attribute.realm) ?? this.#realm;
    this.#nonce = challenge.attributes.get(attribute.nonce) ?? this.#nonce;
    const answer = await this.#exchange(this.#signed(method.allocate, [transport]));
    const relayed = answer.attributes.get(attribute.xorRelayedAddress);
    return { errorCode: errorCodeOf(answer), relay: relayed && decodeAddress(relayed) };
  }

  /** Asks to exchange packets with an IPv4 address. */
  async permit(address: string): Promise<TurnAnswer> {
    const peer: [number, Buffer] = [attribute.xorPeerAddress, encodeAddress(address)];
    return { errorCode: errorCodeOf(await this.#exchange(this.#signed(method.createPermission, [peer]))) };
  }

  #signed(type: number, attributes: readonly [number, Buffer][]): Buffer {
    const { username, credential } = this.#credentials;
    const key = createHash('md5').update(`${username}:${this.#realm}:${credential}`).digest();
    const unsigned = encode(type, [
      ...attributes,
      [attribute.username, Buffer.from(username)],
      [attribute.realm, this.#realm],
      [attribute.nonce, this.#nonce],
    ]);
    // The signature covers a header that already counts it.
    unsigned.writeUInt16BE(unsigned.length - HEADER_BYTES + INTEGRITY_BYTES, 2);
    const signature = createHmac('sha1', key).update(unsigned).digest();
    return Buffer.concat([unsigned, encodeAttribute(attribute.messageIntegrity, signature)]);
  }

  #exchange(request: Buffer): Promise<Message> {
    return new Promise((resolve, reject) => {
      let received = Buffer.alloc(0);
      const settle = () => {
        this.#socket.off('data', take).off('error', fail).off('close', close);
      };
      const take = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk]);
        if (received.length < HEADER_BYTES || received.length < HEADER_BYTES + received.readUInt16BE(2))
          return;
        settle();
        resolve(decode(received));
      };
      const fail = (error: Error) => {
        settle();
        reject(error);
      };
      const close = () => fail(new Error('the TURN server closed the connection'));
      this.#socket.on('data', take).on('error', fail).on('close', close);
      this.#socket.write(request);
    });
  }
}

function encode(type: number, attributes: readonly [number, Buffer][]): Buffer {
  const body = Buffer.concat(attributes.map(([kind, value]) => encodeAttribute(kind, value)));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(header, 8);
  return Buffer.concat([header, body]);
}

function encodeAttribute(kind: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(kind, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function decode(message: Buffer): Message {
  const attributes = new Map<number, Buffer>();
  const end = HEADER_BYTES + message.readUInt16BE(2);
  for (let at = HEADER_BYTES; at < end; ) {
    const length = message.readUInt16BE(at + 2);
    attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { attributes };
}

function errorCodeOf(message: Message): number {
  const value = message.attributes.get(attribute.errorCode);
  return value ? value.readUInt8(2) * 100 + value.readUInt8(3) : 0;
}

function encodeAddress(address: string): Buffer {
  const value = Buffer.alloc(8);
  value.writeUInt8(1, 1);
  const number = Buffer.from(address.split('.').map(Number)).readUInt32BE(0);
  value.writeUInt32BE((number ^ MAGIC_COOKIE) >>> 0, 4);
  return value;
}

function decodeAddress(value: Buffer): string {
  const address = Buffer.alloc(4);
  address.writeUInt32BE((value.readUInt32BE(4) ^ MAGIC_COOKIE) >>> 0, 0);
  return `${[...address].join('.')}:${value.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16)}`;
}
