import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Hosts that the server asks where strangers name them: `host`, `*.host`, `host:port`. */
export const hostPatterns = (known: string) =>
  z
    .string()
    .default(known)
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    )
    .refine((hosts) => hosts.every((host) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(host)), {
      error: 'must be host names separated by commas, like push.example.org or *.example.org',
    });

/** For tests: such hosts on loopback, with certificates of the authority (PEM) in this file. */
export const authorityFile = z
  .string()
  .transform((path, context) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      context.addIssue('must be a file that can be read');
      return z.NEVER;
    }
  })
  .optional();
