import { accept, type BotAnswer, refuse } from './botAnswer.ts';

type Payload = Record<string, unknown>;
type Update = { update_id: number };
type Waiting = { answer(answer: BotAnswer): void; offset: number };

/** What waits for a bot: taken by long polling, or posted to its webhook. */
export function createBotUpdates() {
  let updates: Update[] = [];
  let lastId = 100;
  let waiting: Waiting | undefined;
  let webhook: { url: string; secret: string } | undefined;
  let lastError: { date: number; message: string } | undefined;

  function take(offset: number): Update[] {
    updates = updates.filter(({ update_id }) => update_id >= offset);
    return updates;
  }

  /** Answers the status of the webhook, 0 where none answers, 200 where the bot polls. */
  async function add(update: Payload): Promise<number> {
    lastId += 1;
    const next = { update_id: lastId, ...update };
    if (webhook) return post(webhook, next);
    updates.push(next);
    if (waiting) waiting.answer(accept(take(waiting.offset)));
    return 200;
  }

  async function post({ url, secret }: { url: string; secret: string }, update: Update): Promise<number> {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret };
    const status = await fetch(url, { method: 'POST', headers, body: JSON.stringify(update) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    if (status === 200) return status;
    updates.push(update);
    const message = status === 0 ? 'Connection refused' : `Wrong response from the webhook: ${status}`;
    lastError = { date: Math.floor(Date.now() / 1000), message };
    return status;
  }

  return {
    add,
    pending: () => updates.length,
    webhook: () => webhook,
    setWebhook(url: string, secret: string): true {
      webhook = url === '' ? undefined : { url, secret };
      return true;
    },
    webhookInfo: () => ({
      ...{ url: webhook?.url ?? '', has_custom_certificate: false, pending_update_count: updates.length },
      ...(lastError && { last_error_date: lastError.date, last_error_message: lastError.message }),
    }),
    /** As Telegram does: one at a time, and a webhook forbids it. */
    async poll(payload: Payload, onClose: (stop: () => void) => void): Promise<BotAnswer> {
      if (webhook)
        return refuse({ status: 409, description: "Conflict: can't use getUpdates while webhook is active" });
      waiting?.answer(
        refuse({ status: 409, description: 'Conflict: terminated by other getUpdates request' }),
      );
      const offset = Number(payload.offset ?? 0);
      const held = take(offset);
      const timeoutMs = Number(payload.timeout ?? 0) * 1000;
      if (held.length > 0 || timeoutMs === 0) return accept(held);
      const { promise, resolve } = Promise.withResolvers<BotAnswer>();
      const mine: Waiting = { offset, answer: resolve };
      waiting = mine;
      const timer = setTimeout(() => resolve(accept([])), timeoutMs);
      onClose(() => resolve(accept([])));
      return promise.finally(() => {
        clearTimeout(timer);
        if (waiting === mine) waiting = undefined;
      });
    },
    stop(): void {
      waiting?.answer(accept([]));
    },
  };
}
