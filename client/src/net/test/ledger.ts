/** One message that a person wrote. */
export type Sent = {
  chatId: string;
  /** What it says when it leaves: rewritten as long as it was never on the wire. */
  text: string;
  /** It stands in its place: it never failed, was not retried, nor was its page's storage taken away. */
  isInOrder: boolean;
};

/** One change of a text that follows a message which may have been sent. */
export type Edited = { messageId: string; text: string; before: string };

/** What the people of one device did, and may expect to find; the watch and the check at rest go by it. */
export type Ledger = {
  sent: Map<string, Sent>;
  edits: Edited[];
  /** Deleted or discarded by this device. */
  dropped: Set<string>;
  /** Lost with a cleared storage, or with what a restored backup lacks: nothing is expected of these. */
  exempt: Set<string>;
  /** How own lines were shown last, and at which version of their rows; 0: without one. */
  seen: Map<string, { chatId: string; state: string; version: number }>;
  /** The version of each chat at the last look. */
  versions: Map<string, number>;
};

export function createLedger(): Ledger {
  return {
    sent: new Map(),
    edits: [],
    dropped: new Set(),
    exempt: new Set(),
    seen: new Map(),
    versions: new Map(),
  };
}

/** The copy starts anew: what was shown before is no measure any more. */
export function forgetShown({ seen, versions }: Ledger): void {
  seen.clear();
  versions.clear();
}

/** A retried message may have got another id: the first was taken by another content. */
export function renameSent({ sent, seen }: Ledger, id: string, nextId: string): void {
  const entry = sent.get(id);
  if (!entry) return;
  sent.delete(id);
  sent.set(nextId, { ...entry, isInOrder: false });
  seen.delete(id);
}
