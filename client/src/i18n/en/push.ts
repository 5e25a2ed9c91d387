export const push = {
  reply: 'Reply',
  replyHere: 'Message',
  markRead: 'Mark as read',
  answer: 'Answer',
  decline: 'Decline',
  callBack: 'Call back',
  message: 'Message',
  messages_one: '{{count}} new message',
  messages_other: '{{count}} new messages',
  neutralTitle: 'Ahoy',
  neutralBody: 'Something is new. Open the app to see what.',
  replyWaits: 'The reply waits until there is a network.',
} as const;
