import type { PushStanding } from '../../net/pushDevice.ts';
import type { PushTestRun } from './runPushTest.ts';

export type HopName = 'device' | 'server' | 'service' | 'shown';

export type Hop = {
  name: HopName;
  standing: 'done' | 'running' | 'failed' | 'waiting';
  /** Milliseconds since the test began; null: not there, or it takes no time. */
  afterMs: number | null;
};

/** `notOn`: this device is not pushed to. `notShown`: it left, and did not arrive. */
export type PushFix = 'notOn' | 'renew' | 'refused' | 'tooMany' | 'unreachable' | 'notShown';

export type Diagnosis = { hops: Hop[]; fix: PushFix | null; isGood: boolean };

/** How far a test push came, hop by hop, and what helps where it stopped. */
export function diagnose(state: PushStanding, { test, isOver, failure }: PushTestRun): Diagnosis {
  const isOn = state === 'on' && test?.problem !== 'notSubscribed';
  const isAccepted = test !== null && test.answeredAfterMs !== null && test.problem === null;
  const passed: Record<HopName, { isDone: boolean; afterMs: number | null }> = {
    device: { isDone: isOn, afterMs: null },
    server: { isDone: test !== null && test.sentAfterMs !== null, afterMs: test?.sentAfterMs ?? null },
    service: { isDone: isAccepted, afterMs: test?.answeredAfterMs ?? null },
    shown: { isDone: test !== null && test.shownAfterMs !== null, afterMs: test?.shownAfterMs ?? null },
  };
  const names: HopName[] = ['device', 'server', 'service', 'shown'];
  const first = names.find((name) => !passed[name].isDone);
  // Nothing more comes after what went wrong, and nothing at all from a device that is not pushed to.
  const hasStopped = isOver || !isOn;
  const hops = names.map((name): Hop => {
    const { isDone, afterMs } = passed[name];
    if (isDone) return { name, standing: 'done', afterMs };
    if (name !== first) return { name, standing: 'waiting', afterMs: null };
    return { name, standing: hasStopped ? 'failed' : 'running', afterMs };
  });
  const isKnown = hasStopped && first !== undefined && failure === null;
  return { hops, fix: isKnown ? fixOf(state, test?.problem ?? null) : null, isGood: first === undefined };
}

type Problem = NonNullable<PushTestRun['test']>['problem'];

function fixOf(state: PushStanding, problem: Problem): PushFix {
  if (state !== 'on') return 'notOn';
  switch (problem) {
    case 'notSubscribed':
    case 'gone':
      return 'renew';
    case 'refused':
    case 'tooMany':
    case 'unreachable':
      return problem;
    case null:
      return 'notShown';
    default:
      return problem satisfies never;
  }
}
