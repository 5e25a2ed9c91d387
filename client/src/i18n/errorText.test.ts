import { ORPCError } from '@orpc/client';
import { createInstance } from 'i18next';
import { expect, it } from 'vitest';
import { en } from './en.ts';
import { errorText } from './errorText.ts';
import { ru } from './ru.ts';

it('an unexpected error is shown with the beginning of its request id, in both languages', async () => {
  const i18n = createInstance();
  await i18n.init({ resources: { en: { translation: en }, ru: { translation: ru } }, lng: 'en' });
  const data = { requestId: 'ab12cd34-0000-4000-8000-000000000000' };
  const error = new ORPCError('INTERNAL_SERVER_ERROR', { data });
  expect(errorText(i18n.t, error)).toMatch(/Nothing is lost.* Code for the operator: ab12cd34\.$/);
  await i18n.changeLanguage('ru');
  expect(errorText(i18n.t, error)).toMatch(/Код для администратора: ab12cd34\.$/);
  expect(errorText(i18n.t, new ORPCError('INTERNAL_SERVER_ERROR'))).not.toContain('undefined');
});
