import { createId } from '@ahoy/shared/domain/ids.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPushService, type TestPushService } from '../../test/startPushService.ts';
import { startServer, type TestPerson, type TestServer } from '../../test/startServer.ts';

let service: TestPushService;
let server: TestServer;
let anna: TestPerson;
let boris: TestPerson;
let chatId: string;
let devices = 0;

beforeAll(async () => {
  service = await startPushService();
  server = await startServer(service.env);
});
afterAll(async () => {
  await server?.stop();
  await service?.stop();
});
beforeEach(async () => {
  service.behave((response) => response.writeHead(201).end());
  [anna, boris] = (await Promise.all(['Anna', 'Boris'].map((name) => server.person(name)))) as [
    TestPerson,
    TestPerson,
  ];
  chatId = (await anna.api.chats.openDirect({ personId: boris.id })).delta.chatId;
});

const subscribe = async (person: TestPerson) => {
  devices += 1;
  const device = service.device(`device-${devices}`);
  await person.api.notifications.subscribe(device.subscription);
  return device;
};
const say = (text: string, from = anna) => from.api.messages.send({ id: createId(), chatId, text });
const waiting = { timeout: 8_000 };

test('a message is pushed, encrypted, to a device that is not looked at, and not to its sender', async () => {
  const [phone, own] = [await subscribe(boris), await subscribe(anna)];
  await say('hello Boris');
  await expect.poll(() => phone.payloads().length, waiting).toBe(1);
  const [payload] = phone.payloads();
  expect(payload).toMatchObject({
    userId: boris.id,
    unread: 1,
    read: [],
    notice: {
      kind: 'message',
      chatId,
      chatTitle: null,
      senderName: 'Anna',
      text: 'hello Boris',
      isSilent: false,
    },
  });
  const [post] = phone.posts();
  expect(post?.headers).toMatchObject({
    urgency: 'high',
    'content-encoding': 'aes128gcm',
    topic: chatId.replaceAll('-', ''),
  });
  expect(Number(post?.headers.ttl)).toBeGreaterThan(3600);
  expect(post?.headers.authorization).toMatch(/^vapid t=[\w.-]+, k=[\w-]{87}$/);
  expect(post?.body.toString('latin1')).not.toContain('hello');
  expect(own.posts()).toEqual([]);
});
