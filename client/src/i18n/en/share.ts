export const share = {
  title: 'Send to',
  text: 'Message',
  chats: 'Chats',
  search: 'Search chats',
  choose: 'Choose a chat',
  sendTo: 'Send to {{name}}',
  nothing: 'There is nothing in it that could be sent',
  noChat: 'No chat of that name on this device.',
  searchForMore: 'Search to find more.',
  tooLong_one: 'Too long for one message by {{count}} character',
  tooLong_other: 'Too long for one message by {{count}} characters',
  failed: 'This device could not store the message. It is still here; try again.',
} as const;
