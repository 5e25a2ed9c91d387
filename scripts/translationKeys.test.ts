import { describe, expect, it } from 'vitest';
import { findTranslationProblems } from './translationKeys.ts';

const en = {
  common: { back: 'Back' },
  chat: { title: 'Chat with {{name}}', unread_one: '{{count}} new', unread_other: '{{count}} new' },
};
const ru = {
  common: { back: 'Назад' },
  chat: {
    title: 'Чат с {{name}}',
    unread_one: '{{count}} новое',
    unread_few: '{{count}} новых',
    unread_many: '{{count}} новых',
    unread_other: '{{count}} нового',
  },
};
const used = new Map([
  ['client/src/app/App.tsx', "t('common.back'); t('chat.title'); t('chat.unread', { count });"],
]);

describe('translation keys', () => {
  it('accepts two complete dictionaries that are used', () => {
    expect(findTranslationProblems(en, ru, used)).toEqual([]);
  });

  it('finds a key that one language lacks', () => {
    expect(findTranslationProblems(en, { ...ru, chat: { ...ru.chat, extra: 'Ещё' } }, used)).toContain(
      'chat.extra is missing in en',
    );
  });

  it('finds placeholders that differ', () => {
    const changed = { ...ru, chat: { ...ru.chat, title: 'Чат с {{who}}' } };
    expect(findTranslationProblems(en, changed, used)).toEqual([
      'chat.title: placeholders differ: en name, ru who',
    ]);
  });

  it('finds a missing plural form', () => {
    const { unread_many: _, ...rest } = ru.chat;
    expect(findTranslationProblems(en, { ...ru, chat: rest }, used)).toEqual([
      'chat.unread lacks in ru the plural forms many',
    ]);
  });

  it('finds keys that are used but do not exist, and those that exist but are not used', () => {
    const files = new Map([['client/src/app/App.tsx', "t('common.back'); t('chat.title'); t('chat.titel')"]]);
    expect(findTranslationProblems(en, ru, files)).toEqual([
      'client/src/app/App.tsx uses chat.titel, which no dictionary has',
      'chat.unread is used nowhere',
    ]);
  });

  it('counts keys that are put together from a fixed beginning, or kept in a table', () => {
    const files = new Map([
      [
        'client/src/app/App.tsx',
        "const keys = { a: 'chat.title', b: 'common.back' }; t(`chat.un$".concat('{rest}`)'),
      ],
    ]);
    expect(findTranslationProblems(en, ru, files)).toEqual([]);
  });
});
