import type { chats as english } from '../en/chats.ts';
import type { Russian } from '../translation.ts';

export const chats = {} as const satisfies Russian<typeof english>;
