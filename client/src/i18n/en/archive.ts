export const archive = {
  title: 'Archived',
  row: 'Archived ({{n}})',
  empty: 'No archived chats.',
  add: 'Archive',
  addHint: 'Keep the chat in a list of its own',
  takeOut: 'Unarchive',
  takeOutHint: 'Back among your chats',
  added: 'Archived: {{name}}',
  takenOut: 'Back among your chats: {{name}}',
} as const;
