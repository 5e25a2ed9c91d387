import { expect, test } from 'vitest';
import { startWay } from './startPath.ts';

const CALL = 'a_018f3e8a4b2c7d1e9f00aabbccddeeff';
const CALL_ID = '018f3e8a-4b2c-7d1e-9f00-aabbccddeeff';

test('the bot’s button answers its call; the same parameter in a link only shows what rings', () => {
  expect(startWay({ param: CALL, isByButton: true })).toEqual({ path: '/calls', answers: CALL_ID });
  expect(startWay({ param: CALL, isByButton: false })).toEqual({ path: '/calls', answers: null });
});

test('chats and rooms open as their links do', () => {
  const chat = startWay({ param: CALL.replace('a_', 'c_'), isByButton: false });
  expect(chat).toEqual({ path: `/chats/${CALL_ID}`, answers: null });
  const token = 'abcdefghijklmnopqrstuv';
  expect(startWay({ param: `r_${token}`, isByButton: true }).path).toBe(`/r#${token}`);
});

test('what names nothing leads nowhere', () => {
  for (const param of ['', 'x_1', 'c_../settings', 'r_short'])
    expect(startWay({ param, isByButton: true })).toEqual({ path: null, answers: null });
  expect(startWay(null)).toEqual({ path: null, answers: null });
});
