import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RequestFigures } from '../http/measure.ts';

/** From a quick answer to the longest that a statement may take. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** What changes nothing that others see is no command. */
const NO_COMMANDS = /^(sync|identity|server)\.|^[^.]*$/;

export type Metrics = {
  requestEnded(request: RequestFigures): void;
  /** A request that was refused before it was looked at. */
  requestShed(): void;
  deltaSent(kind: 'chat' | 'account' | 'people'): void;
  letter(outcome: 'sent' | 'failed' | 'dropped'): void;
  push(outcome: 'sent' | 'gone' | 'refused' | 'failed' | 'expired' | 'dropped'): void;
  botMessage(outcome: 'sent' | 'edited' | 'removed' | 'blocked' | 'limited' | 'failed'): void;
  socketCut(reason: 'slow' | 'crowd'): void;
  /** Reads a figure at each scrape: one number, or one per word of the label `state`. */
  watch(name: string, help: string, read: () => number | Record<string, number>): void;
  /** Prometheus' text format. */
  render(): Promise<string>;
  readonly contentType: string;
};

/**
 * Figures of one process in a registry of its own. Labels are names of procedures, status codes and a few fixed words:
 * nothing in them is about people, and their number is bounded. `withProcess` adds memory, files, CPU and event loop.
 */
export function createMetrics(withProcess: boolean): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (withProcess) collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `ahoy_${name}`, help, labelNames, registers });

  const requests = counter('requests_total', 'Answered requests.', ['procedure', 'status']);
  const seconds = new Histogram({
    name: 'ahoy_request_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['procedure'] as const,
    buckets: SECONDS,
    registers,
  });
  const commands = counter('commands_total', 'Commands of the outbox by their outcome.', [
    'command',
    'outcome',
  ]);
  const limited = counter('rate_limited_total', 'Requests over a budget.', ['procedure']);
  const shed = counter('requests_shed_total', 'Requests refused because there were too many.', []);
  const deltas = counter('deltas_total', 'Deltas told to devices, once per change.', ['kind']);
  const letters = counter('letters_total', 'Letters by what became of them.', ['outcome']);
  const pushes = counter('pushes_total', 'Pushes to devices by what became of them.', ['outcome']);
  const botMessages = counter('bot_messages_total', 'What the bot did at Telegram, by what became of it.', [
    'outcome',
  ]);
  const cut = counter('sockets_cut_total', 'Sockets closed for not keeping up or for being too many.', [
    'reason',
  ]);

  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    requestEnded({ procedure, method, status, seconds: took }) {
      requests.inc({ procedure, status });
      seconds.observe({ procedure }, took);
      if (status === 429) limited.inc({ procedure });
      if (method !== 'GET' && !NO_COMMANDS.test(procedure)) {
        commands.inc({ command: procedure, outcome: outcomeOf(status) });
      }
    },
    requestShed: () => shed.inc(),
    deltaSent: (kind) => deltas.inc({ kind }),
    letter: (outcome) => letters.inc({ outcome }),
    push: (outcome) => pushes.inc({ outcome }),
    botMessage: (outcome) => botMessages.inc({ outcome }),
    socketCut: (reason) => cut.inc({ reason }),
    watch(name, help, read) {
      const first = read();
      const gauge = new Gauge({
        name: `ahoy_${name}`,
        help,
        labelNames: typeof first === 'number' ? [] : ['state'],
        registers,
        collect() {
          const now = read();
          if (typeof now === 'number') gauge.set(now);
          else for (const [state, value] of Object.entries(now)) gauge.set({ state }, value);
        },
      });
    },
  };
}

/** Done, refused for good, or to be tried again (rule of the outbox in docs/sync.md). */
function outcomeOf(status: number): string {
  if (status < 400) return 'done';
  return status >= 500 || [408, 425, 429].includes(status) ? 'again' : 'refused';
}
