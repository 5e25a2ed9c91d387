import { createHash, createHmac, randomBytes } from 'node:crypto';

/** A STUN message (RFC 8489, 5): requests are written, answers read. */
export type StunMessage = {
  type: number;
  /** Random; the answer repeats it. */
  transactionId: string;
  attributes: ReadonlyMap<number, Buffer>;
};

export const STUN_METHOD = { allocate: 0x0003, refresh: 0x0004 } as const;

/** RFC 8489, 18.3, and RFC 8656, 18. */
export const STUN_ATTRIBUTE = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
} as const;

export type StunAttribute = readonly [type: number, value: Buffer];

/** What proves one's right, as the server has asked for it (RFC 8489, 9.2). */
export type StunProof = { username: string; credential: string; realm: Buffer; nonce: Buffer };

const STUN_HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const INTEGRITY_BYTES = 24;
const IPV4 = 1;
const IPV6 = 2;

/** A request; signed where there is a proof. */
export function encodeRequest(
  method: number,
  attributes: readonly StunAttribute[],
  proof?: StunProof,
): Buffer {
  if (!proof) return encode(method, attributes);
  const { username, credential, realm, nonce } = proof;
  const unsigned = encode(method, [
    ...attributes,
    [STUN_ATTRIBUTE.username, Buffer.from(username)],
    [STUN_ATTRIBUTE.realm, realm],
    [STUN_ATTRIBUTE.nonce, nonce],
  ]);
  // The signature covers a header that already counts it.
  unsigned.writeUInt16BE(unsigned.length - STUN_HEADER_BYTES + INTEGRITY_BYTES, 2);
  const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
  const signature = createHmac('sha1', key).update(unsigned).digest();
  return Buffer.concat([unsigned, encodeAttribute([STUN_ATTRIBUTE.messageIntegrity, signature])]);
}

/** The bytes of the message that `received` begins with, 0 while that cannot be said; undefined for no STUN. */
export function lengthOfMessage(received: Buffer): number | undefined {
  if (received.length > 0 && received.readUInt8(0) > 3) return undefined;
  if (received.length < STUN_HEADER_BYTES) return 0;
  return received.readUInt32BE(4) === MAGIC_COOKIE ? STUN_HEADER_BYTES + received.readUInt16BE(2) : undefined;
}

/** Reads a whole message; attributes that are cut off are left out. */
export function decodeMessage(message: Buffer): StunMessage {
  const attributes = new Map<number, Buffer>();
  for (let at = STUN_HEADER_BYTES; at + 4 <= message.length; ) {
    const length = message.readUInt16BE(at + 2);
    if (at + 4 + length <= message.length)
      attributes.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: message.readUInt16BE(0), transactionId: transactionIdOf(message), attributes };
}

export function transactionIdOf(message: Buffer): string {
  return message.toString('hex', 8, STUN_HEADER_BYTES);
}

/** 0 where nothing failed, else the code with the server's own word for it. */
export function errorOf({ attributes }: StunMessage): { code: number; reason: string } {
  const value = attributes.get(STUN_ATTRIBUTE.errorCode);
  if (!value || value.length < 4) return { code: 0, reason: '' };
  return { code: (value.readUInt8(2) & 7) * 100 + value.readUInt8(3), reason: value.toString('utf8', 4) };
}

/** "address:port", without the XOR, which for IPv6 takes the transaction id, too (RFC 8489, 14.2). */
export function decodeAddress(value: Buffer, transactionId: string): string | undefined {
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(MAGIC_COOKIE, 0);
  mask.write(transactionId, 4, 'hex');
  const bytes = { [IPV4]: 4, [IPV6]: 16 }[value.readUInt8(1)];
  if (!bytes || value.length < 4 + bytes) return undefined;
  const plain = Buffer.from(value.subarray(4, 4 + bytes).map((byte, at) => byte ^ (mask[at] ?? 0)));
  const port = value.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16);
  if (bytes === 4) return `${[...plain].join('.')}:${port}`;
  const groups = plain.toString('hex').match(/.{4}/g) ?? [];
  return `${new URL(`http://[${groups.join(':')}]`).hostname}:${port}`;
}

function encode(method: number, attributes: readonly StunAttribute[]): Buffer {
  const body = Buffer.concat(attributes.map(encodeAttribute));
  const header = Buffer.alloc(STUN_HEADER_BYTES);
  header.writeUInt16BE(method, 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  randomBytes(12).copy(header, 8);
  return Buffer.concat([header, body]);
}

function encodeAttribute([type, value]: StunAttribute): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
