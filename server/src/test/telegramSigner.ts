import { generateKeyPairSync, sign } from 'node:crypto';

const BOT_ID = 7_342_037_359;

export type TelegramPerson = {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
  allows_write_to_pm?: boolean;
  photo_url?: string;
};

export type TelegramSigner = {
  /** What a server is started with so that it takes what this one signs. No bot of it runs. */
  env: Record<string, string>;
  /** Launch data of one's own for each call. */
  launch(user: TelegramPerson, how?: { ageSeconds?: number; pairs?: Record<string, string> }): string;
};

/** Plays Telegram for a server that knows a bot only by its id: signs launch data with an Ed25519 key of its own. */
export function createTelegramSigner(): TelegramSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hex = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url').toString('hex');
  let launches = 0;
  return {
    env: { TELEGRAM_BOT_ID: String(BOT_ID), TELEGRAM_PUBLIC_KEYS: hex },
    launch(user, { ageSeconds = 0, pairs = {} } = {}) {
      launches += 1;
      const authDate = Math.floor(Date.now() / 1000) - ageSeconds;
      const all = {
        query_id: `AAH${launches}`,
        user: JSON.stringify(user),
        auth_date: String(authDate),
        ...pairs,
      };
      const lines = Object.entries(all).map(([key, value]) => `${key}=${value}`);
      const text = `${BOT_ID}:WebAppData\n${lines.sort().join('\n')}`;
      const signature = sign(null, Buffer.from(text), privateKey).toString('base64url');
      return new URLSearchParams({ ...all, signature, hash: '0'.repeat(64) }).toString();
    },
  };
}
