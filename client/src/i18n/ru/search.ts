import type { search as english } from '../en/search.ts';
import type { Russian } from '../translation.ts';

export const search = {
  results: 'Результаты поиска',
  chats: 'Чаты',
  people: 'Люди',
  messages: 'Сообщения',
  showAll: 'Показать все: {{count}}',
  found_one: '{{count}} результат',
  found_few: '{{count}} результата',
  found_many: '{{count}} результатов',
  found_other: '{{count}} результата',
  nothing: 'По запросу «{{query}}» ничего не нашлось.',
  scope: 'Искали в том, что есть на этом устройстве.',
  scopeMore:
    'Показано новейших: {{count}}. Добавьте слово, чтобы найти старше. Искали в том, что есть на этом устройстве.',
} as const satisfies Russian<typeof english>;
