import type { contacts as english } from '../en/contacts.ts';
import type { Russian } from '../translation.ts';

export const contacts = {} as const satisfies Russian<typeof english>;
