import { archive } from './ru/archive.ts';
import { callList } from './ru/callList.ts';
import { callSheets } from './ru/callSheets.ts';
import { calls } from './ru/calls.ts';
import { chats } from './ru/chats.ts';
import { common } from './ru/common.ts';
import { connection } from './ru/connection.ts';
import { contacts } from './ru/contacts.ts';
import { errors } from './ru/errors.ts';
import { identity } from './ru/identity.ts';
import { install } from './ru/install.ts';
import { messages } from './ru/messages.ts';
import { notifications } from './ru/notifications.ts';
import { outbox } from './ru/outbox.ts';
import { photo } from './ru/photo.ts';
import { push } from './ru/push.ts';
import { roomCall } from './ru/roomCall.ts';
import { rooms } from './ru/rooms.ts';
import { search } from './ru/search.ts';
import { settings } from './ru/settings.ts';
import { share } from './ru/share.ts';
import { telegram } from './ru/telegram.ts';
import { telegramAccount } from './ru/telegramAccount.ts';
import { trustEmoji } from './ru/trustEmoji.ts';

export const ru = {
  calls,
  callList,
  common,
  identity,
  settings,
  errors,
  chats,
  messages,
  contacts,
  connection,
  notifications,
  outbox,
  photo,
  push,
  search,
  callSheets,
  trustEmoji,
  install,
  share,
  roomCall,
  rooms,
  telegramAccount,
  archive,
  telegram,
} as const;
