import { archive } from './en/archive.ts';
import { callList } from './en/callList.ts';
import { callSheets } from './en/callSheets.ts';
import { calls } from './en/calls.ts';
import { chats } from './en/chats.ts';
import { common } from './en/common.ts';
import { connection } from './en/connection.ts';
import { contacts } from './en/contacts.ts';
import { errors } from './en/errors.ts';
import { identity } from './en/identity.ts';
import { install } from './en/install.ts';
import { messages } from './en/messages.ts';
import { notifications } from './en/notifications.ts';
import { outbox } from './en/outbox.ts';
import { photo } from './en/photo.ts';
import { push } from './en/push.ts';
import { roomCall } from './en/roomCall.ts';
import { rooms } from './en/rooms.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { share } from './en/share.ts';
import { telegram } from './en/telegram.ts';
import { telegramAccount } from './en/telegramAccount.ts';
import { trustEmoji } from './en/trustEmoji.ts';

export const en = {
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
