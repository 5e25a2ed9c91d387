import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createId } from '@ahoy/shared/domain/ids.ts';
import PostalMime from 'postal-mime';
import type { DataSource } from 'typeorm';
import { expect, vi } from 'vitest';
import { createDataSource } from '../../../database/dataSource.ts';
import { createLog } from '../../../log.ts';
import { schema } from '../../../schema.ts';
import { startPushService, type TestDevice, type TestPushService } from '../../../test/startPushService.ts';
import { startServer, type TestPerson, type TestServer } from '../../../test/startServer.ts';
import { PushDeviceSchema } from '../pushDevice.entity.ts';

export type PushWorld = {
  service: TestPushService;
  server: TestServer;
  /** Two people with a chat. */
  pair(): Promise<{ anna: TestPerson; boris: TestPerson; chatId: string }>;
  /** Subscribes the person's device. */
  subscribe(person: TestPerson): Promise<TestDevice>;
  /** Whether the server holds that somebody looks at the person's device now. */
  isLookedAt(person: TestPerson): Promise<boolean>;
  /** Letters to an address, as they are written. */
  letters(email: string): Promise<string[]>;
  query: DataSource['query'];
  stop(): Promise<void>;
};

/** A server that pushes to a service on loopback. */
export async function startPushWorld(env: Record<string, string> = {}): Promise<PushWorld> {
  const service = await startPushService();
  const dataDir = await mkdtemp(join(tmpdir(), 'ahoy-pushes-'));
  const server = await startServer({ ...service.env, DATA_DIR: dataDir, ...env });
  const log = createLog('silent');
  const dataSource = await createDataSource({ connection: server.database, ...schema, log }).initialize();
  let devices = 0;
  return {
    service,
    server,
    async pair() {
      const anna = await server.person('Anna');
      const boris = await server.person('Boris');
      const { delta } = await anna.api.chats.openDirect({ personId: boris.id });
      return { anna, boris, chatId: delta.chatId };
    },
    async subscribe(person) {
      devices += 1;
      const device = service.device(`device-${devices}`);
      await person.api.notifications.subscribe(device.subscription);
      return device;
    },
    query: (text, values) => dataSource.query(text, values),
    async isLookedAt({ sessionId }) {
      const row = await dataSource.manager.findOneBy(PushDeviceSchema, { sessionId });
      return (row?.lookedAtUntil?.getTime() ?? 0) > Date.now();
    },
    async letters(email) {
      const folder = join(dataDir, 'mail');
      const files = (await readdir(folder)).filter((file) => file.endsWith('.eml'));
      const raw = await Promise.all(files.map((file) => readFile(join(folder, file))));
      const letters = await Promise.all(raw.map((letter) => PostalMime.parse(letter)));
      return letters
        .filter((letter) => letter.to?.some(({ address }) => address === email))
        .map(({ subject, text }) => `${subject}\n${text}`);
    },
    async stop() {
      await dataSource.destroy();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
      await service.stop();
    },
  };
}

/** For `vi.waitFor`: `expect.poll` does not know tests that run side by side. */
export const WAITING = { timeout: 12_000, interval: 25 };

export const say = (from: TestPerson, chatId: string, text: string) =>
  from.api.messages.send({ id: createId(), chatId, text });

/** Calls from a device of its own. */
export async function callFrom(from: TestPerson, chatId: string) {
  const [id, participantId] = [createId(), createId()];
  await from.api.calls.start({ id, chatId, participantId, media: 'audio' });
  return { id, participantId };
}

/** Waits until a device has got so many pushes, and answers what they say. */
export async function pushed(device: TestDevice, count: number) {
  await vi.waitFor(async () => expect(await device.posts().length).toBe(count), WAITING);
  return device.payloads().map(({ notice }) => notice);
}
