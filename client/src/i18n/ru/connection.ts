import type { connection as english } from '../en/connection.ts';
import type { Russian } from '../translation.ts';

export const connection = {} as const satisfies Russian<typeof english>;
