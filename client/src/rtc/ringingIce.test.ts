import { describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { CallsState, RingingCall } from './callSnapshot.ts';
import { createRingingIce } from './ringingIce.ts';

type Answer = { iceServers: { urls: string[] }[]; expiresInSeconds: number | null; isRelayOnly: boolean };

function ringAt(answer: () => Promise<Answer>) {
  const calls = createStore<Pick<CallsState, 'ringing'>>(() => ({ ringing: [] }));
  const asked: string[] = [];
  let time = 0;
  const iceServers = ({ callId }: { callId: string }) => {
    asked.push(callId);
    return answer();
  };
  const ice = createRingingIce({
    api: { iceServers } as unknown as Parameters<typeof createRingingIce>[0]['api'],
    calls,
    now: () => time,
  });
  return {
    ice,
    asked,
    ring: (...ids: string[]) =>
      calls.setState({
        ringing: ids.map((id) => ({ call: { id }, ringsUntil: 0 }) as unknown as RingingCall),
      }),
    pass(seconds: number) {
      time += seconds * 1000;
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('servers of a call that rings', () => {
  test('are asked for once, known at the answer, and forgotten when it no longer rings', async () => {
    const { ice, asked, ring } = ringAt(async () => ({
      ...{ iceServers: [{ urls: ['stun:a'] }], expiresInSeconds: null, isRelayOnly: true },
    }));
    ring('one');
    ring('one');
    await settled();
    expect(asked).toEqual(['one']);
    expect(ice.of('one')).toMatchObject({ isRelayOnly: true, iceServers: [{ urls: ['stun:a'] }] });
    expect(ice.of('other')).toBeUndefined();
    ring();
    expect(ice.of('one')).toBeUndefined();
  });

  test('count the time that their credentials have lived, and are asked for anew past half of it', async () => {
    const { ice, ring, pass } = ringAt(async () => ({
      ...{ iceServers: [], expiresInSeconds: 60, isRelayOnly: false },
    }));
    ring('one');
    await settled();
    pass(20);
    expect(ice.of('one')?.expiresInSeconds).toBe(40);
    pass(20);
    expect(ice.of('one')).toBeUndefined();
  });

  test('are not known where nothing answers', async () => {
    const { ice, ring } = ringAt(() => Promise.reject(new TypeError('network')));
    ring('one');
    await settled();
    expect(ice.of('one')).toBeUndefined();
  });
});
