import { createHmac, timingSafeEqual } from 'node:crypto';

const MAC_BYTES = 12;
const PREFIX = 'd:';

export type DeclineCodes = {
  /** At most 64 bytes, as Telegram wants of what a button tells. */
  make(callId: string, telegramId: number): string;
  /** The call, where this person was given the code; undefined for another's, or a forged one. */
  read(code: string, telegramId: number): string | undefined;
};

/** What the button Decline tells the bot: the call, signed for the one whom it rings at. */
export function createDeclineCodes(key: Buffer): DeclineCodes {
  const sign = (callId: string, telegramId: number) =>
    createHmac('sha256', key).update(`${telegramId} ${callId}`).digest().subarray(0, MAC_BYTES);
  return {
    make(callId, telegramId) {
      const id = Buffer.from(callId.replaceAll('-', ''), 'hex').toString('base64url');
      return `${PREFIX}${id}.${sign(callId, telegramId).toString('base64url')}`;
    },
    read(code, telegramId) {
      const [, id, mac] = /^d:([\w-]{22})\.([\w-]{16})$/.exec(code) ?? [];
      if (!id || !mac) return undefined;
      const callId = Buffer.from(id, 'base64url')
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const given = Buffer.from(mac, 'base64url');
      return timingSafeEqual(given, sign(callId, telegramId)) ? callId : undefined;
    },
  };
}

export const isDeclineCode = (code: string) => code.startsWith(PREFIX);
