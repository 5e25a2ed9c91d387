export const search = {
  results: 'Search results',
  chats: 'Chats',
  people: 'People',
  messages: 'Messages',
  showAll: 'Show all {{count}}',
  found_one: '{{count}} result',
  found_other: '{{count}} results',
  nothing: 'Nothing found for “{{query}}”.',
  scope: 'Searched what this device holds.',
  scopeMore:
    'These are the newest {{count}}. Add a word to find older ones. Searched what this device holds.',
} as const;
