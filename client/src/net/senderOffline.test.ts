import { expect, it } from 'vitest';
import { createMemoryCopy } from '../offline/memoryCopy.ts';
import { createCommands } from '../offline/outbox.ts';
import type { SenderApi } from './performCommand.ts';
import { createSender } from './sender.ts';

it('tries nothing while no request would leave, so that it can still be taken back', async () => {
  const copy = createMemoryCopy();
  await copy.transaction((tx) => tx.putMeta({ asOf: '1' }));
  let isOffline = true;
  const asked: string[] = [];
  const send = async ({ text }: { text: string }) => {
    asked.push(text);
    throw new TypeError('Failed to fetch');
  };
  const sender = createSender({
    ...{ copy, me: () => 'ada', now: Date.now, onAnswer: () => undefined, isReady: async () => !isOffline },
    api: { chats: {}, messages: { send } } as unknown as SenderApi,
    withLock: (task) => task(),
  });
  const commands = createCommands({ copy, me: () => 'ada', now: Date.now, onWaiting: () => undefined });
  await commands.send('chat', 'Ahoy');
  sender.start();
  await sender.hurry();
  expect(asked).toEqual([]);
  expect(await copy.read((tx) => tx.outbox())).toMatchObject([{ isAttempted: false, tries: 0 }]);

  isOffline = false;
  await sender.hurry();
  sender.stop();
  expect(asked).toEqual(['Ahoy']);
  expect(await copy.read((tx) => tx.outbox())).toMatchObject([{ isAttempted: true, tries: 1 }]);
});
