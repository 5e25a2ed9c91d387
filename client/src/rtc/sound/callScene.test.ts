import { expect, test } from 'vitest';
import type { CallEnding } from '../callSnapshot.ts';
import { type CallScene, QUIET, soundsOf } from './callScene.ts';

function inCall(session: Partial<NonNullable<CallScene['session']>>, ringing: string[] = []): CallScene {
  return {
    ringing,
    session: { phase: 'active', isOutgoing: false, isReconnecting: false, ending: null, ...session },
  };
}

const RINGING: CallScene = { ringing: ['a'], session: null };
const OUTGOING = inCall({ phase: 'ringing', isOutgoing: true });
const TALKING = inCall({});

test('a call that comes in rings until it is answered, and the answer sounds once', () => {
  expect(soundsOf(QUIET, RINGING)).toEqual({ loop: 'ring', tones: [], isInCall: false });
  const connecting = inCall({ phase: 'connecting' });
  expect(soundsOf(RINGING, connecting)).toEqual({ loop: null, tones: [], isInCall: true });
  expect(soundsOf(connecting, TALKING).tones).toEqual(['connected']);
  expect(soundsOf(TALKING, TALKING).tones).toEqual([]);
});

test('what goes out is heard to ring only once it rings there', () => {
  expect(soundsOf(QUIET, inCall({ phase: 'starting', isOutgoing: true })).loop).toBeNull();
  expect(soundsOf(QUIET, OUTGOING).loop).toBe('ringBack');
  expect(soundsOf(OUTGOING, TALKING)).toEqual({ loop: null, tones: ['connected'], isInCall: true });
});

test('during a call another one knocks once instead of ringing', () => {
  const knocked = inCall({}, ['b']);
  expect(soundsOf(TALKING, knocked)).toEqual({ loop: null, tones: ['knock'], isInCall: true });
  expect(soundsOf(knocked, knocked).tones).toEqual([]);
  const ended = inCall({ phase: 'ended', ending: 'left' }, ['b']);
  expect(soundsOf(knocked, ended)).toEqual({ loop: 'ring', tones: ['ended'], isInCall: false });
});

test('a lost connection is told, and its return', () => {
  const reconnecting = inCall({ isReconnecting: true });
  expect(soundsOf(TALKING, reconnecting).tones).toEqual(['reconnecting']);
  expect(soundsOf(reconnecting, reconnecting).tones).toEqual([]);
  expect(soundsOf(reconnecting, TALKING).tones).toEqual(['connected']);
});

const endings: [CallEnding, string[]][] = [
  ['hungUp', ['ended']],
  ['left', ['ended']],
  ['missed', ['ended']],
  ['lost', ['ended']],
  ['declined', ['busy']],
  ['busy', ['busy']],
  ['elsewhere', []],
];

test.each(endings)('%s ends with %j, once', (ending, tones) => {
  const ended = inCall({ phase: 'ended', ending });
  expect(soundsOf(OUTGOING, ended)).toEqual({ loop: null, tones, isInCall: false });
  expect(soundsOf(ended, ended).tones).toEqual([]);
  expect(soundsOf(ended, QUIET).tones).toEqual([]);
});
