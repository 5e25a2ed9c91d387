import { QueryFailedError } from 'typeorm';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('secrets, addresses and texts do not reach the log', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  log.info({ password: 'p4ss', body: { email: 'ann@example.org', text: 'private' }, userId: 'u1' }, 'seen');
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/p4ss|ann@|private/);
  expect(lines[0]).toContain('"userId":"u1"');
});

test('the id of a request stays, what it carried goes, also one level below', () => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => lines.push(line) });
  const context = { authorization: 'Bearer t0ken', cookie: 'ahoy=c00kie', email: 'ann@example.org' };
  log.debug(
    { requestId: 'r1', procedure: 'messages.send', status: 200, ms: 3, ...context, context },
    'answered',
  );
  expect(lines[0]).not.toMatch(/t0ken|c00kie|ann@/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'r1', procedure: 'messages.send', ms: 3 });
});

test('lines below the level are not written', () => {
  const lines: string[] = [];
  createLog('warn', { write: (line) => lines.push(line) }).info('quiet');
  expect(lines).toEqual([]);
});

test('a failed statement is logged without its parameters', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const driverError = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(ann@example.org) already exists.',
  });
  const error = new QueryFailedError('INSERT INTO messages VALUES ($1)', ['private'], driverError);
  log.error({ err: error }, 'failed');
  expect(lines[0]).not.toMatch(/private|ann@/);
  expect(lines[0]).toContain('"code":"23505"');
  expect(lines[0]).toContain('INSERT INTO messages');
});
