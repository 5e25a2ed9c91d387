import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { PROTOCOL } from '@ahoy/shared/protocol/version.ts';
import { z } from 'zod';
import { os } from '../procedures.ts';
import { DOCUMENTS } from './documents.ts';

type ServerParts = {
  config: {
    registrationSecret?: string;
    turnUrls: readonly string[];
    /** The operator's own pages, in Markdown. */
    termsFile?: string;
    privacyFile?: string;
    publicUrl: () => string;
    telegram: () => { botUsername: string | null; hasWebLogin: boolean } | null;
  };
};

/** Implements `contract.server`. */
export function createServerRouter({ config }: ServerParts) {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')));
  const files = { terms: config.termsFile, privacy: config.privacyFile };

  return {
    info: os.server.info.handler(() => ({
      host: new URL(config.publicUrl()).host,
      version,
      minClientProtocol: PROTOCOL.minClient,
      isInviteNeeded: Boolean(config.registrationSecret),
      hasRelay: config.turnUrls.length > 0,
      telegram: config.telegram(),
      limits: LIMITS,
    })),
    document: os.server.document.handler(async ({ input: { name, locale } }) => {
      // Read at each call, so that a changed page needs no restart; one page is all the operator gives, in any language.
      const file = files[name];
      return file
        ? { markdown: await readFile(file, 'utf8'), isOperators: true }
        : { markdown: DOCUMENTS[locale][name], isOperators: false };
    }),
  };
}
