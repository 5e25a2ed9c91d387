import { Foundation1763700000000 } from './database/migrations/1763700000000-Foundation.ts';
import { HotRows1763710000000 } from './database/migrations/1763710000000-HotRows.ts';
import { Calls1763800000000 } from './database/migrations/1763800000000-Calls.ts';
import { Privacy1763900000000 } from './database/migrations/1763900000000-Privacy.ts';
import { Push1764000000000 } from './database/migrations/1764000000000-Push.ts';
import { Rooms1764100000000 } from './database/migrations/1764100000000-Rooms.ts';
import { Telegram1764200000000 } from './database/migrations/1764200000000-Telegram.ts';
import { Knocks1764300000000 } from './database/migrations/1764300000000-Knocks.ts';
import { Photos1764400000000 } from './database/migrations/1764400000000-Photos.ts';
import { ServerStateSchema } from './database/serverState.entity.ts';
import { CallInvitationSchema, CallParticipantSchema, CallSchema } from './features/calls/call.entity.ts';
import { AccountChatSchema } from './features/chats/accountChat.entity.ts';
import { ChatSchema } from './features/chats/chat.entity.ts';
import { MemberSchema } from './features/chats/member.entity.ts';
import { BlockSchema } from './features/contacts/block.entity.ts';
import { PersonSchema } from './features/contacts/person.entity.ts';
import { PhotoSchema } from './features/contacts/photo.entity.ts';
import { ChallengeSchema } from './features/identity/challenge.entity.ts';
import { HandOffSchema } from './features/identity/handOff.entity.ts';
import { SessionSchema } from './features/identity/session.entity.ts';
import { UserSchema } from './features/identity/user.entity.ts';
import { MessageSchema } from './features/messages/message.entity.ts';
import {
  PushDeviceSchema,
  PushedCallSchema,
  PushedChatSchema,
} from './features/notifications/pushDevice.entity.ts';
import { PushTestSchema } from './features/notifications/pushTest.entity.ts';
import { SettingsSchema } from './features/notifications/settings.entity.ts';
import { KnockSchema, RoomBanSchema, RoomDeviceSchema, RoomSchema } from './features/rooms/room.entity.ts';
import {
  TelegramIdentitySchema,
  TelegramLaunchSchema,
  TelegramLoginSchema,
  TelegramLookSchema,
  TelegramNoticeSchema,
} from './features/telegram/telegram.entity.ts';

/** Every table and the migrations that make them, in order, for the data source. */
export const schema = {
  entities: [
    ServerStateSchema,
    PersonSchema,
    UserSchema,
    PhotoSchema,
    BlockSchema,
    SessionSchema,
    ChallengeSchema,
    ChatSchema,
    MemberSchema,
    AccountChatSchema,
    MessageSchema,
    CallSchema,
    CallInvitationSchema,
    CallParticipantSchema,
    PushDeviceSchema,
    PushedChatSchema,
    PushedCallSchema,
    PushTestSchema,
    SettingsSchema,
    RoomSchema,
    KnockSchema,
    RoomDeviceSchema,
    RoomBanSchema,
    HandOffSchema,
    TelegramIdentitySchema,
    TelegramLaunchSchema,
    TelegramLoginSchema,
    TelegramLookSchema,
    TelegramNoticeSchema,
  ],
  migrations: [
    Foundation1763700000000,
    HotRows1763710000000,
    Calls1763800000000,
    Privacy1763900000000,
    Push1764000000000,
    Rooms1764100000000,
    Telegram1764200000000,
    Knocks1764300000000,
    Photos1764400000000,
  ],
};
