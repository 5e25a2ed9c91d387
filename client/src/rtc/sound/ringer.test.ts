import { expect, test } from 'vitest';
import { createRinger, type RingerContext } from './ringer.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

class FakeSource {
  buffer: { copyToChannel: () => void } | null = null;
  loop = false;
  isStarted = false;
  isStopped = false;
  onended: ((event: Event) => void) | null = null;
  connect(): void {
    this.isStarted = false;
  }
  disconnect(): void {
    this.isStopped = true;
  }
  start(): void {
    this.isStarted = true;
  }
  stop(): void {
    this.isStopped = true;
  }
  end(): void {
    this.onended?.(new Event('ended'));
  }
}

/** Sounds only once it is allowed, as a page that nobody has touched. */
class FakeContext implements RingerContext {
  state = 'suspended';
  isAllowed = true;
  readonly currentTime = 0;
  readonly destination = null;
  readonly sources: FakeSource[] = [];
  suspensions = 0;
  speakerId: string | null = null;
  #suspending = Promise.resolve();
  readonly #waiting: (() => void)[] = [];

  createBuffer() {
    return { copyToChannel: () => undefined };
  }
  createBufferSource(): FakeSource {
    const source = new FakeSource();
    this.sources.push(source);
    return source;
  }
  createGain() {
    return {
      ...new FakeSource(),
      connect: () => undefined,
      disconnect: () => undefined,
      gain: { setTargetAtTime: () => undefined },
    };
  }
  async resume(): Promise<void> {
    await this.#suspending;
    if (!this.isAllowed) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.state = 'running';
  }
  allow(): void {
    this.isAllowed = true;
    for (const resume of this.#waiting.splice(0)) resume();
  }
  suspend(): Promise<void> {
    this.suspensions += 1;
    this.#suspending = turn().then(() => {
      this.state = 'suspended';
    });
    return this.#suspending;
  }
  async close(): Promise<void> {
    this.state = 'closed';
  }
  async setSinkId(id: string): Promise<void> {
    this.speakerId = id;
  }
  /** What is to be heard now. */
  heard(): FakeSource[] {
    return this.sources.filter((source) => source.isStarted && !source.isStopped);
  }
}

function setUp({ isAllowed = true, canVibrate = true, isRingHeard = true } = {}) {
  const context = new FakeContext();
  context.isAllowed = isAllowed;
  const shaken: number[][] = [];
  const clock = { now: 0 };
  const ringer = createRinger({
    createContext: () => context,
    vibrate(pattern) {
      shaken.push(pattern);
      return canVibrate && context.isAllowed;
    },
    now: () => clock.now,
    isRingHeard: () => isRingHeard,
  });
  return { ringer, context, shaken, clock };
}

test('it rings and vibrates, once, until it is stopped', async () => {
  const { ringer, context, shaken } = setUp();
  ringer.ring();
  ringer.ring();
  await turn();
  expect(context.heard()).toHaveLength(1);
  expect(context.heard()[0]?.loop).toBe(true);
  expect(shaken[0]?.length).toBeLessThan(100);
  expect(shaken[0]?.reduce((sum, part) => sum + part, 0)).toBeCloseTo(12 * 3_200, -4);
  ringer.stop();
  expect(context.heard()).toEqual([]);
  expect(shaken).toHaveLength(2);
  expect(shaken[1]).toEqual([0]);
});

test('where calls are to be silent it only vibrates; what the caller hears sounds', async () => {
  const { ringer, context, shaken } = setUp({ isRingHeard: false });
  ringer.ring();
  await turn();
  expect(context.heard()).toEqual([]);
  expect(shaken).toHaveLength(1);
  ringer.ringBack();
  await turn();
  expect(context.heard()).toHaveLength(1);
});

test('a page that nobody touched rings from the first touch on', async () => {
  const { ringer, context, shaken } = setUp({ isAllowed: false });
  ringer.ring();
  await turn();
  expect(context.sources).toEqual([]);
  context.allow();
  ringer.unlock();
  await turn();
  expect(context.heard()).toHaveLength(1);
  expect(shaken).toHaveLength(2);
});

test('what was stopped before the touch stays silent after it', async () => {
  const { ringer, context } = setUp({ isAllowed: false });
  ringer.ring();
  ringer.stop();
  context.allow();
  ringer.unlock();
  await turn();
  expect(context.sources).toEqual([]);
});

test('a tone that was held back for long is not heard late', async () => {
  const { ringer, context, clock } = setUp({ isAllowed: false });
  ringer.say('ended');
  clock.now = 10_000;
  context.allow();
  await turn();
  expect(context.sources).toEqual([]);
  ringer.say('ended');
  await turn();
  expect(context.heard()).toHaveLength(1);
});

test('the ringtone gives way to the ringback, and the context rests when nothing sounds', async () => {
  const { ringer, context } = setUp();
  ringer.ring();
  await turn();
  ringer.ringBack();
  await turn();
  expect(context.heard()).toHaveLength(1);
  context.sources[0]?.end();
  expect(context.suspensions).toBe(0);
  ringer.stop();
  context.sources[1]?.end();
  expect(context.suspensions).toBe(1);
  ringer.say('connected');
  await turn();
  await turn();
  expect(context.heard(), 'woken again before it slept').toHaveLength(1);
});

test('it plays at the chosen speaker, also when that was chosen before the first sound', async () => {
  const { ringer, context } = setUp();
  ringer.setSpeaker('loud');
  ringer.ring();
  expect(context.speakerId).toBe('loud');
  ringer.setSpeaker(null);
  expect(context.speakerId).toBe('');
});

test('a browser without sound or vibration is no error', () => {
  const ringer = createRinger({
    createContext() {
      throw new DOMException('', 'NotSupportedError');
    },
    vibrate: undefined,
    now: () => 0,
  });
  ringer.ring();
  ringer.say('busy');
  ringer.unlock();
  ringer.stop();
  ringer.close();
});
