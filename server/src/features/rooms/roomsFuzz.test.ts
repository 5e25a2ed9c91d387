import { createId } from '@ahoy/shared/domain/ids.ts';
import { ERRORS, isErrorCode } from '@ahoy/shared/errors.ts';
import { contract } from '@ahoy/shared/protocol/contract.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startGuestBrowser } from '../../test/guestBrowser.ts';
import { startServer, type TestApi, type TestPerson, type TestServer } from '../../test/startServer.ts';

/** Whatever of this is in an answer to somebody else has leaked. */
const SECRETS = ['Hidden title', 'hidden words', 'Hiddenguest', 'Hiddenhost', 'hiddenhost'];
const INPUTS_EACH = 2;

type Json = {
  type?: string;
  format?: string;
  allOf?: { pattern: string }[];
  properties?: Record<string, Json>;
  propertyNames?: Json;
  additionalProperties?: Json | boolean;
  items?: Json;
  enum?: string[];
  anyOf?: Json[];
  minimum?: number;
  maximum?: number;
};
type Procedure = { name: string; input: fc.Arbitrary<unknown>; isPublic: boolean; isForGuests: boolean };

let server: TestServer;
let host: TestPerson;
/** What exists and is none of the others' business. */
let hidden: string[];
let roles: Record<'stranger' | 'guest' | 'removed guest' | 'waiting guest', TestApi>;

beforeAll(async () => {
  server = await startServer();
  host = await server.person('Hiddenhost');
  const make = async (hasWaitingRoom: boolean) =>
    (await host.api.rooms.create({ id: createId(), title: 'Hidden title', media: 'audio', hasWaitingRoom }))
      .room;
  const room = await make(false);
  const { chatId } = room;
  const inside = await startGuestBrowser(server, room.token, 'Hiddenguest');
  const messageId = createId();
  await host.api.messages.send({ id: messageId, chatId, text: 'hidden words' });
  const { call } = await host.api.calls.start({
    ...{ id: createId(), chatId, participantId: createId(), media: 'audio' },
  });
  hidden = [chatId, inside.id, messageId, call.id];

  const other = await server.person('Other');
  const { room: open } = await other.api.rooms.create({
    ...{ id: createId(), title: 'Open', media: 'audio', hasWaitingRoom: false },
  });
  const guest = await startGuestBrowser(server, open.token, 'Gus');
  const removed = await startGuestBrowser(server, room.token, 'Rem');
  await host.api.rooms.remove({ chatId, personId: removed.id });
  const closed = await make(true);
  const waiting = await startGuestBrowser(server, closed.token, 'Wat');
  roles = {
    stranger: (await server.person('Stranger')).api,
    guest: guest.api,
    'removed guest': removed.api,
    'waiting guest': waiting.api,
  };
});
afterAll(() => server?.stop());

/** What is pointed at: chat, person, message, call. */
type Ids = readonly string[];
type Place = { feature: string; key: string; ids: Ids };

const KINDS: Record<string, number> = { chatId: 0, personId: 1, callId: 3 };
const OWN_IDS: Record<string, number> = { messages: 2, calls: 3 };
const TEXTS = [
  'hello',
  'AAAAA-AAAAA',
  'a@example.org',
  'x'.repeat(10_000),
  '\0',
  '\u202E',
  '\uD800',
  ' ',
  "'--",
];

function arbitraryOf(schema: Json, place: Place): fc.Arbitrary<unknown> {
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => arbitraryOf(each, place)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  // Ids that a client makes are new; all others point at something.
  if (schema.format === 'lowercase' && schema.allOf?.[0]?.pattern.includes('-7['))
    return fc.constant(null).map(() => createId());
  if (schema.format === 'lowercase') return fc.constant(idAt(place));
  if (schema.format === 'date-time') return fc.constant(new Date(Date.now() + 3_600_000).toISOString());
  switch (schema.type) {
    case 'object':
      return arbitraryObject(schema, place);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, place), { minLength: 1, maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 20, 20) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.oneof({ weight: 3, arbitrary: fc.constant('hello') }, fc.constantFrom(...TEXTS));
  }
}

function arbitraryObject(schema: Json, place: Place): fc.Arbitrary<unknown> {
  if (schema.propertyNames && typeof schema.additionalProperties === 'object')
    return arbitraryOf(schema.additionalProperties, place).map((value) => ({ [place.ids[0] ?? '']: value }));
  const properties = Object.entries(schema.properties ?? {}).map(([key, each]) => [
    key,
    arbitraryOf(each, { ...place, key }),
  ]);
  return fc.record(Object.fromEntries(properties));
}

function idAt({ feature, key, ids }: Place): string {
  return ids[KINDS[key] ?? OWN_IDS[feature] ?? 0] ?? '';
}

function procedures(ids: Ids): Procedure[] {
  return Object.entries(contract).flatMap(([feature, router]) =>
    Object.entries(router).map(([act, procedure]): Procedure => {
      const { inputSchema, errorMap } = procedure['~orpc'] as {
        inputSchema?: z.ZodType;
        errorMap: Record<string, unknown>;
      };
      const json = inputSchema ? z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }) : {};
      const isPublic = !('UNAUTHORIZED' in errorMap);
      return {
        name: `${feature}.${act}`,
        input: arbitraryOf(json as Json, { feature, key: '', ids }),
        isPublic,
        isForGuests: GUESTS.test(`${feature}.${act}`),
      };
    }),
  );
}

/** As the contract says; all others are refused to guests. */
const GUESTS =
  /^(messages|calls|sync)\.|^chats\.members$|^contacts\.photo$|^identity\.me$|^rooms\.(enter|standing|withdraw|waiting|admit|refuse|mute|remove|handOver|endCall)$/;

async function outcome(api: TestApi, name: string, input: unknown): Promise<string> {
  const [feature = '', act = ''] = name.split('.');
  const router = api as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>;
  try {
    const answer = JSON.stringify((await router[feature]?.[act]?.(input)) ?? null);
    for (const secret of SECRETS) expect(answer, `${name} ${JSON.stringify(input)}`).not.toContain(secret);
    return 'done';
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const said = JSON.stringify(error);
    for (const secret of SECRETS) expect(said, name).not.toContain(secret);
    const code = String(error.code);
    expect(
      isErrorCode(code) && ERRORS[code].status < 500,
      `${name} said ${code}: ${JSON.stringify(input)}`,
    ).toBe(true);
    return code;
  }
}

const unknownIds = [createId(), createId(), createId(), createId()];
/** Budgets, and what the caller's own earlier tries have made. */
const SAYS_MORE =
  /^(server|notifications)\.|^identity\.(register|signIn|forgotPassword|resetPassword|updateMe)$|^rooms\.create$/;

test.each(['stranger', 'guest', 'removed guest', 'waiting guest'] as const)(
  'to a %s all that is not theirs looks as if it did not exist, whatever they ask',
  async (role) => {
    const api = roles[role];
    const isGuest = role !== 'stranger';
    const [theirs, nobodys] = [procedures(hidden), procedures(unknownIds)];
    for (const [index, procedure] of theirs.entries()) {
      const { name } = procedure;
      // Whoever was taken out is told so, with what they know of the room.
      if (role === 'removed guest' && name === 'rooms.standing') continue;
      const seed = index + 1;
      const asked = fc.sample(procedure.input, { seed, numRuns: INPUTS_EACH });
      const vain = fc.sample(nobodys[index]?.input ?? procedure.input, { seed, numRuns: INPUTS_EACH });
      for (const [nth, input] of asked.entries()) {
        const said = await outcome(api, name, input);
        if (isGuest && !procedure.isPublic && !procedure.isForGuests) {
          expect(['FORBIDDEN', 'BAD_REQUEST'], `${name} said ${said}`).toContain(said);
          break;
        }
        if (SAYS_MORE.test(name)) continue;
        const inVain = await outcome(api, name, vain[nth]);
        expect(said, `${name} ${JSON.stringify(input)}`).toBe(inVain);
      }
    }
  },
  60_000,
);

test('whoever is not signed in is asked to sign in, whatever they ask', async () => {
  for (const { name, input, isPublic } of procedures(hidden)) {
    const [asked] = fc.sample(input, { seed: 1, numRuns: 1 });
    const said = await outcome(server.api(), name, asked);
    if (!isPublic) expect(['UNAUTHORIZED', 'BAD_REQUEST'], name).toContain(said);
  }
});

test('the contract lets guests into nothing more', () => {
  const all = procedures([]);
  expect(all.filter((each) => each.isForGuests).length).toBe(28);
  expect(all.length).toBeGreaterThan(50);
});
