export const archive = {
  title: 'Архив',
  row: 'Архив ({{n}})',
  empty: 'В архиве нет чатов.',
  add: 'В архив',
  addHint: 'Держать чат в отдельном списке',
  takeOut: 'Вернуть из архива',
  takeOutHint: 'Снова среди ваших чатов',
  added: 'В архиве: {{name}}',
  takenOut: 'Снова среди чатов: {{name}}',
} as const;
