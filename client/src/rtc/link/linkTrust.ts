import { commitTo, createCallSecret, isCommitment, readEmoji, readFingerprint } from '../trust/callSecret.ts';

/** The exchange behind the four emoji, for one link (docs/calls.md, trust). Whoever makes the first offer commits. */
export type LinkTrust = {
  /** Who offers: goes with the first offer. */
  commit: (ownSdp: string) => Promise<string | undefined>;
  /** Who answers: goes with the answer. */
  nonce: string;
  /** Who answers: only the very first offer of a link binds its sender; a second commitment ends the trust. */
  hearOffer: (commitment: string | undefined, remoteSdp: string) => void;
  hearAnswer: (nonce: string, remoteSdp: string) => void;
  /** Who offers: told over the link once the answer is there. */
  reveal: () => string | null;
  hearReveal: (nonce: string, ownSdp: string) => Promise<void>;
  /** A later description with another certificate ends the trust. */
  check: (remoteSdp: string) => void;
  emoji: () => readonly string[] | null;
};

type Side = { fingerprint: string; nonce: string };

export function createLinkTrust(callId: string, onChange: () => void): LinkTrust {
  const { nonce } = createCallSecret();
  let own: string | null = null;
  let remote: string | null = null;
  let commitment: string | null = null;
  let hasOffer = false;
  let hasAnswer = false;
  let emoji: readonly string[] | null = null;
  let isBroken = false;

  async function show(offerer: Side, answerer: Side): Promise<void> {
    emoji = await readEmoji({ callId, offerer, answerer });
    onChange();
  }

  return {
    nonce,
    async commit(ownSdp) {
      own = readFingerprint(ownSdp);
      return own === null ? undefined : commitTo({ callId, fingerprint: own, nonce });
    },
    hearOffer(given, remoteSdp) {
      if (hasOffer) {
        // Our nonce is out: whoever could bind themselves anew would choose the emoji.
        isBroken ||= given !== undefined && given !== commitment;
        return;
      }
      hasOffer = true;
      commitment = given ?? null;
      isBroken ||= given === undefined;
      remote = readFingerprint(remoteSdp);
    },
    hearAnswer(given, remoteSdp) {
      if (hasAnswer) return;
      hasAnswer = true;
      remote = readFingerprint(remoteSdp);
      if (own !== null && remote !== null)
        void show({ fingerprint: own, nonce }, { fingerprint: remote, nonce: given });
    },
    reveal: () => (hasAnswer ? nonce : null),
    async hearReveal(given, ownSdp) {
      own = readFingerprint(ownSdp);
      if (own === null || remote === null || commitment === null || emoji) return;
      const bound = { callId, fingerprint: remote, nonce: given };
      isBroken ||= !(await isCommitment(commitment, bound));
      await show({ fingerprint: remote, nonce: given }, { fingerprint: own, nonce });
    },
    check(remoteSdp) {
      isBroken ||= remote !== null && readFingerprint(remoteSdp) !== remote;
    },
    emoji: () => (isBroken ? null : emoji),
  };
}
