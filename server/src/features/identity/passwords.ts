import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { fail } from '../fail.ts';

/** OWASP's parameters for argon2id; each hash takes that much memory for about 40 ms. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const BUSY_RETRY_SECONDS = 5;

export type Passwords = {
  /** The PHC string of a new password. */
  hash(password: string): Promise<string>;
  /** Works as long for a hash that is absent, so that the time does not tell who has an account. */
  verify(password: string, phc: string | null | undefined): Promise<boolean>;
};

/**
 * argon2id (RFC 9106), a few at a time. One of the four threads of Node's pool stays free for files and names, and beyond
 * `waiting` callers the next one hears SERVICE_UNAVAILABLE.
 */
export function createPasswords({ parallel = 3, waiting = 60 } = {}): Passwords {
  const derive = promisify(argon2);
  const queue: (() => void)[] = [];
  let running = 0;

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running < parallel) {
      running += 1;
    } else {
      if (queue.length >= waiting) {
        throw fail('SERVICE_UNAVAILABLE', { retryAfterSeconds: BUSY_RETRY_SECONDS });
      }
      // Whoever finishes hands its place over, so that `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  const tagOf = (password: string, parameters: Omit<Argon2Parameters, 'message'>) =>
    // The same letters typed on another keyboard are the same password.
    inTurn(() => derive('argon2id', { message: password.normalize('NFKC'), ...parameters }));

  return {
    async hash(password) {
      const nonce = randomBytes(SALT_BYTES);
      return format(nonce, await tagOf(password, { ...today(), nonce }));
    },
    async verify(password, phc) {
      const { tag, ...parameters } = parse(phc ?? format(randomBytes(SALT_BYTES), randomBytes(TAG_BYTES)));
      const isEqual = timingSafeEqual(await tagOf(password, parameters), tag);
      return isEqual && Boolean(phc);
    },
  };
}

function today() {
  return { memory: MEMORY_KIB, passes: PASSES, parallelism: LANES, tagLength: TAG_BYTES };
}

function format(salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${text(salt)}$${text(tag)}`;
}

function parse(phc: string) {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(phc) ?? [];
  const tag = Buffer.from(hash, 'base64');
  if (!tag.length) throw new Error('A stored password hash is not one of argon2id');
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: tag.length,
    nonce: Buffer.from(salt, 'base64'),
    tag,
  };
}
