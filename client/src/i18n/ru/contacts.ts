import type { contacts as english } from '../en/contacts.ts';
import type { Russian } from '../translation.ts';

export const contacts = {
  title: 'Люди',
  online: 'в сети',
  lastSeenNow: 'в сети только что',
  lastSeenMinutes_one: 'в сети {{count}} минуту назад',
  lastSeenMinutes_few: 'в сети {{count}} минуты назад',
  lastSeenMinutes_many: 'в сети {{count}} минут назад',
  lastSeenMinutes_other: 'в сети {{count}} минуты назад',
  lastSeenToday: 'в сети сегодня в {{time}}',
  lastSeenYesterday: 'в сети вчера в {{time}}',
  lastSeenDate: 'последний раз в сети {{date}}',
  newChat: 'Новый чат',
  findLabel: 'Найти по имени, @имени или почте',
  findPlaceholder: 'Имя, @имя или почта',
  findHint: 'Среди знакомых никого. Чтобы найти других, введите @имя или адрес почты целиком.',
  finding: 'Ищем…',
  found: 'Нашли',
  nobody: 'Никого не нашли. Проверьте написание; возможно, человек не разрешает искать себя по почте.',
  yourself: 'Это вы. Заметки для себя лежат в «Сохранённых».',
  offline: 'Вы не в сети: искали только среди людей, известных этому устройству.',
  offlineNobody:
    'Вы не в сети, а это устройство никого похожего не знает. Других можно найти, когда появится связь.',
  known: 'Есть на этом устройстве',
  saved: 'Сохранённые',
  savedHint: 'Заметки для себя',
  yourPeople: 'Ваши люди',
  noPeople: 'Здесь сами появятся те, с кем вы переписываетесь.',
} as const satisfies Russian<typeof english>;
