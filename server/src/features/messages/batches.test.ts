import { expect, test } from 'vitest';
import { type BatchOptions, createBatches, type Outcome } from './batches.ts';

/** Batches that end when the test says so. An input is `key:text`, or `key:text:group`. */
function start(options: Partial<BatchOptions<string, string>> = {}) {
  const batches: {
    inputs: string[];
    end(outcomes?: Outcome<string>[]): void;
    fail(error: Error): void;
  }[] = [];
  const waiting: (() => void)[] = [];
  const add = createBatches<string, string>({
    maxSize: 10,
    maxRunning: 1,
    maxWaiting: 100,
    overload: () => new Error('too many'),
    keysOf: (input) => {
      const [key = '', , group = `of ${key}`] = input.split(':');
      return { alone: [key], together: group };
    },
    together: (inputs) =>
      new Promise((resolve, reject) => {
        const done = inputs.map((input) => ({ done: input }));
        batches.push({ inputs, end: (outcomes = done) => resolve(outcomes), fail: reject });
        waiting.shift()?.();
      }),
    alone: async (input) => `alone ${input}`,
    ...options,
  });
  const next = async () => {
    if (batches.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const [batch] = batches.splice(0, 1);
    if (!batch) throw new Error('no batch');
    return batch;
  };
  return { add, next };
}

test('what comes at once, and while a batch is at work, is done together', async () => {
  const { add, next } = start();
  const first = [add('a:1'), add('b:1')];
  const one = await next();
  expect(one.inputs).toEqual(['a:1', 'b:1']);
  const second = [add('c:1'), add('d:1')];
  one.end();
  expect(await Promise.all(first)).toEqual(['a:1', 'b:1']);
  const two = await next();
  expect(two.inputs).toEqual(['c:1', 'd:1']);
  two.end();
  expect(await Promise.all(second)).toEqual(['c:1', 'd:1']);
});

test('inputs that share a key are done one after the other, in order, and hold up nobody else', async () => {
  const { add, next } = start({ maxRunning: 2 });
  const all = ['a:1', 'a:2', 'b:1', 'a:3'].map(add);
  const one = await next();
  expect(one.inputs).toEqual(['a:1', 'b:1']);
  const other = add('c:1');
  const aside = await next();
  expect(aside.inputs).toEqual(['c:1']);
  aside.end();
  expect(await other).toBe('c:1');
  one.end();
  for (const input of ['a:2', 'a:3']) {
    const batch = await next();
    expect(batch.inputs).toEqual([input]);
    batch.end();
  }
  expect(await Promise.all(all)).toEqual(['a:1', 'a:2', 'b:1', 'a:3']);
});

test('inputs of one group go into one batch, and the group into no other beside it', async () => {
  const { add, next } = start({ maxRunning: 2 });
  const all = ['a:1:x', 'b:1:x'].map(add);
  const one = await next();
  expect(one.inputs).toEqual(['a:1:x', 'b:1:x']);
  const later = ['c:1:x', 'd:1:y'].map(add);
  const beside = await next();
  expect(beside.inputs).toEqual(['d:1:y']);
  beside.end();
  one.end();
  const last = await next();
  expect(last.inputs).toEqual(['c:1:x']);
  last.end();
  expect(await Promise.all([...all, ...later])).toHaveLength(4);
});

test('what a batch leaves out is done alone, before what shares its key', async () => {
  const alone = Promise.withResolvers<string>();
  const { add, next } = start({ alone: () => alone.promise });
  const [left, done, after] = ['a:1', 'b:1', 'a:2'].map(add);
  (await next()).end(['alone', { done: 'done' }]);
  expect(await done).toBe('done');
  const free = add('c:1');
  const beside = await next();
  expect(beside.inputs).toEqual(['c:1']);
  beside.end();
  await free;
  alone.resolve('alone');
  expect(await left).toBe('alone');
  const last = await next();
  expect(last.inputs).toEqual(['a:2']);
  last.end();
  expect(await after).toBe('a:2');
});

test('what is busy is tried again before what came later, and alone the fourth time', async () => {
  const { add, next } = start();
  const busy = add('a:1');
  (await next()).end(['busy']);
  const later = ['b:1', 'a:2'].map(add);
  const second = await next();
  expect(second.inputs).toEqual(['a:1', 'b:1']);
  second.end(['busy', { done: 'b:1' }]);
  for (let tries = 3; tries <= 4; tries += 1) {
    const batch = await next();
    expect(batch.inputs).toEqual(['a:1']);
    batch.end(['busy']);
  }
  expect(await busy).toBe('alone a:1');
  const last = await next();
  expect(last.inputs).toEqual(['a:2']);
  last.end();
  expect(await Promise.all(later)).toEqual(['b:1', 'a:2']);
});

test('a batch is no larger than it may be, and one too many is refused', async () => {
  const { add, next } = start({ maxSize: 2, maxWaiting: 3 });
  const all = ['a:', 'b:', 'c:'].map(add);
  await expect(add('d:')).rejects.toThrow('too many');
  const one = await next();
  expect(one.inputs).toEqual(['a:', 'b:']);
  one.end();
  (await next()).end();
  expect(await Promise.all(all)).toEqual(['a:', 'b:', 'c:']);
});

test('a batch that fails tells all of it, and the next is done', async () => {
  const { add, next } = start();
  const failed = ['a:1', 'b:1'].map(add);
  (await next()).fail(new Error('no database'));
  for (const result of await Promise.allSettled(failed))
    expect(result).toMatchObject({ reason: { message: 'no database' } });
  const later = add('a:2');
  (await next()).end();
  expect(await later).toBe('a:2');
});
