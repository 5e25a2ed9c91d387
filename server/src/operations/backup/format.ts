import { z } from 'zod';

/**
 * A backup is one gzip file of lines. First the head; then sections, each a JSON line that names a table or a file, its
 * content, a line `\.` and a JSON line with what to check it by; last a line that says that it is whole. The content of
 * a table is what PostgreSQL's COPY writes in its text format, in which no row is `\.`; that of a file is base64.
 */
export const FORMAT_VERSION = 1;
export const END_OF_CONTENT = '\\.';

export const headSchema = z.object({
  ahoyBackup: z.number().int(),
  createdAt: z.iso.datetime(),
  databaseId: z.uuid(),
  /** Names of the migrations that had run, in their order. */
  migrations: z.array(z.string()).min(1),
});

export const sectionSchema = z.union([
  z.object({ table: z.string(), columns: z.array(z.string()).min(1) }),
  z.object({ file: z.string() }),
  z.object({
    sections: z.number().int(),
    sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  }),
]);

/** What a content is checked by: how many lines it has, and its SHA-256 in hexadecimal. */
export const sealSchema = z.object({ lines: z.number().int(), sha256: z.string() });

export type Head = z.infer<typeof headSchema>;
export type Section = z.infer<typeof sectionSchema>;
export type Seal = z.infer<typeof sealSchema>;

/** What a backup did: for the line that the operator reads. */
export type Tally = { tables: number; rows: number; files: string[] };

/** What the operator can mend; the message is one line. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/** A name between double quotes, as SQL wants it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
