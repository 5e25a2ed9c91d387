import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { expect, test } from 'vitest';
import { telegramPhoto } from './telegramPhoto.ts';
import { createTickets } from './tickets.ts';

test('the longest names and the longest address of a photo fit into a ticket that is taken back', async () => {
  const user = {
    telegramId: Number.MAX_SAFE_INTEGER,
    name: '"\u20ac'.repeat(LIMITS.nameLength / 2),
    username: 'u'.repeat(64),
    photoUrl: telegramPhoto(`https://t.me/${'\u20ac'.repeat(55)}${'a'.repeat(4)}`),
  };
  expect(user.photoUrl).toHaveLength(512);
  const { sign, read } = createTickets(Buffer.alloc(32, 1), () => new Date());
  const ticket = await sign(user);
  expect(ticket.length).toBeLessThan(LIMITS.ticketLength);
  expect(await read(ticket)).toEqual(user);
});
