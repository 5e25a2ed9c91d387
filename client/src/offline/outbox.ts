import type { Person } from '@ahoy/shared/protocol/entities.ts';

/** What a person does. Each resolves once it is in the outbox, so that the composer may be cleared. */
export type Commands = {
  /** Resolves with the message's id. */
  send: (chatId: string, text: string, replyToId?: string | null) => Promise<string>;
  edit: (chatId: string, messageId: string, text: string) => Promise<void>;
  delete: (chatId: string, messageId: string) => Promise<void>;
  /** I have seen the messages up to this one; names the newest of others up to there, and nothing when it is read. */
  read: (chatId: string, seq: number) => Promise<void>;
  /** Resolves with the chat's id, which is derived from both people, so it can be shown at once. */
  openDirect: (person: Person) => Promise<string>;
  openSaved: () => Promise<string>;
  /** A failed command joins the tail again. */
  retry: (commandId: string) => Promise<void>;
  /** Drops a failed or untried command; one that may have taken effect is followed by a deletion. */
  discard: (commandId: string) => Promise<void>;
};
