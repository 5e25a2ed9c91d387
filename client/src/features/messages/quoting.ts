import type { ChatWindow } from '../../offline/readModels.ts';

/** What is known of a message that another one answers. */
export type QuotedLine = NonNullable<ReturnType<ChatWindow['repliedTo']['get']>>;
