import { createHmac } from 'node:crypto';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';

/** 144 bits. */
const TOKEN_BYTES = 18;
/** Crockford's base 32: no letter that looks like another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_PER_CHARACTER = 5;
const GROUP = 5;

export type RoomKeys = ReturnType<typeof createRoomKeys>;

/**
 * The link and the code of each room, derived from its id, so that the database keeps only hashes to find them by and the
 * maker can see them again.
 */
export function createRoomKeys(key: Buffer) {
  const mac = (label: string, text: string) => createHmac('sha256', key).update(`${label}:${text}`).digest();
  const codeOf = (chatId: string) => toCode(mac('code', chatId));
  const tokenOf = (chatId: string) => mac('token', chatId).subarray(0, TOKEN_BYTES).toString('base64url');
  const hashToken = (token: string) => mac('token hash', token).toString('base64url');
  const hashCode = (code: string) => mac('code hash', code).toString('base64url');
  return {
    tokenOf,
    /** As it is shown: two groups of five. */
    shownCodeOf: (chatId: string) => {
      const code = codeOf(chatId);
      return `${code.slice(0, GROUP)}-${code.slice(GROUP)}`;
    },
    hashesOf: (chatId: string) => ({
      tokenHash: hashToken(tokenOf(chatId)),
      codeHash: hashCode(codeOf(chatId)),
    }),
    /** Of what somebody has, which may be the one or the other: the same work for both. */
    hashesOfKey: (given: string) => ({ tokenHash: hashToken(given), codeHash: hashCode(readCode(given)) }),
    /** Which browser this is, without keeping what its cookie says. */
    hashDevice: (device: string) => mac('device', device).toString('base64url'),
  };
}

function toCode(bytes: Buffer): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let code = '';
  for (let index = 0; index < LIMITS.roomCodeLength; index += 1) {
    code += ALPHABET[Number(bits & 31n)];
    bits >>= BigInt(BITS_PER_CHARACTER);
  }
  return code;
}

/** In any case, with or without dashes and spaces, and with letters for the digits that look like them. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
