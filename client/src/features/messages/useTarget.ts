import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useServices } from '../../components/ServicesContext.tsx';

/** The message that the address names; asked for once more, it is another target. */
export type Target = { id: string; askedAt: number };

export function useTarget(): Target | null {
  const [params] = useSearchParams();
  const id = params.get('message');
  const state: unknown = useHistoryState<unknown>();
  const isTimed = typeof state === 'object' && state !== null && 'askedAt' in state;
  const askedAt = isTimed && typeof state.askedAt === 'number' ? state.askedAt : 0;
  return useMemo(() => (id === null ? null : { id, askedAt }), [id, askedAt]);
}

/** Where a chat that is being opened begins: the target's seq; null: not at a message; undefined: still looking. */
export function useOpeningSeq(chatId: string, target: Target | null): number | null | undefined {
  const { copy } = useServices();
  const [seq, setSeq] = useState<number | null | undefined>(target ? undefined : null);

  useEffect(() => {
    if (seq !== undefined || !target) return;
    let isOver = false;
    const found = copy.read((tx) => tx.message(target.id));
    const settle = (held: number | null) => {
      if (!isOver) setSeq(held);
    };
    found.then(
      (message) => settle(message?.chatId === chatId ? message.seq : null),
      () => settle(null),
    );
    return () => {
      isOver = true;
    };
  }, [copy, chatId, seq, target]);

  return seq;
}
