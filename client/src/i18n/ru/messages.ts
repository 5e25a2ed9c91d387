import type { messages as english } from '../en/messages.ts';
import type { Russian } from '../translation.ts';

export const messages = {} as const satisfies Russian<typeof english>;
