export interface ImportRule {
  /** Files that the rule is about. */
  readonly from: RegExp;
  /** What they never import: files of the repository, or packages by their name. */
  readonly never: RegExp;
  readonly except?: RegExp;
  readonly why: string;
  /** Tests may reach across the layers of their workspace, but not across every border. */
  readonly isForTestsToo?: boolean;
}

/** Which way arrows point. Change it only together with ARCHITECTURE.md. */
export const importRules: readonly ImportRule[] = [
  {
    from: /^shared\//,
    never: /^(server|client|e2e|bench|scripts)\//,
    why: 'shared imports nothing of the others',
    isForTestsToo: true,
  },
  {
    from: /^shared\/src\/domain\//,
    never: /^(?!shared\/)/,
    except: /^(vitest|fast-check|uuid)$/,
    why: 'the domain is pure: it needs no package',
    isForTestsToo: true,
  },
  {
    from: /^client\//,
    never: /^(server|e2e|bench|scripts)\//,
    why: 'client and server meet in shared only',
    isForTestsToo: true,
  },
  {
    from: /^server\//,
    never: /^(client|e2e|bench|scripts)\//,
    why: 'client and server meet in shared only',
    isForTestsToo: true,
  },
  {
    from: /^server\/src\/database\//,
    never: /^server\/src\/(features|realtime|http|operations|app\.ts|main\.ts)/,
    why: 'the database layer knows nothing above it',
  },
  {
    from: /^server\/src\/features\//,
    never: /^server\/src\/(realtime\/|app\.ts|main\.ts)/,
    why: 'features announce; realtime listens to them, and app.ts joins both',
  },
  {
    from: /^server\/src\/(http|operations)\//,
    never: /^server\/src\/(features\/|realtime\/|app\.ts|main\.ts)/,
    why: 'http and operations carry features without knowing them',
  },
  {
    from: /^server\/src\/(?!redis\/|app\.ts)(?!.*\.test\.ts$)/,
    never: /^(server\/src\/redis\/|ioredis$|@socket\.io\/redis-streams-adapter$)/,
    why: 'one process runs without Redis: only app.ts loads it, when it is asked to',
  },
  {
    from: /^server\/src\/(?!features\/telegram\/bot\/)(?!.*\.test\.ts$)/,
    never: /^grammy($|\/)/,
    why: 'without a bot nothing of it is loaded: only its own folder knows grammY',
  },
  {
    from: /^server\/src\/realtime\//,
    never: /^server\/src\/(app|main)\.ts/,
    why: 'app.ts stands above realtime',
  },
  {
    from: /^server\/src\/(?!.*\.test\.ts$)/,
    never: /^server\/src\/test\//,
    why: 'what runs in production imports no test helpers',
  },
  {
    from: /^client\/src\/(offline|net|rtc|telegram|service-worker)\//,
    never: /^(react|react-dom|@mantine|@tabler|react-i18next|wouter|virtua|@tanstack\/react-query)(\/|$)/,
    why: 'this logic runs without React',
  },
  {
    from: /^client\/src\/(?!telegram\/)/,
    never: /^@tma\.js\//,
    why: 'what speaks with Telegram is loaded inside it only',
  },
  {
    from: /^client\/src\/i18n\//,
    never: /^(react|react-dom|@mantine|@tabler|wouter|virtua|@tanstack\/react-query)(\/|$)/,
    why: 'i18n knows react-i18next at most',
  },
  {
    from: /^client\/src\/(offline|net|rtc|telegram|i18n)\//,
    never: /^client\/src\/(features|app|components|service-worker)\//,
    why: 'it stands below features, app and components',
  },
  {
    from: /^client\/src\/features\//,
    never: /^client\/src\/app\//,
    why: 'app brings features together; a feature never reaches up',
  },
  {
    from: /^client\/src\/components\//,
    never: /^client\/src\/(features|app)\//,
    why: 'components are what features share, so they know none of them',
  },
];

type FeatureImports = Readonly<Record<string, readonly string[]>>;

/**
 * A feature imports another only where this table says so: key -> the features that it may use as a whole
 * ("contacts/"), or only in part ("messages/message." are the entity and the presenter, not the acts).
 * Acts are called in one direction only.
 */
export const featureImports: { readonly server: FeatureImports; readonly client: FeatureImports } = {
  server: {
    identity: ['contacts/'],
    // A block is written into the direct chat of the two, in the same transaction.
    contacts: ['chats/silenceChat.'],
    chats: ['contacts/', 'messages/message.'],
    messages: ['chats/', 'contacts/'],
    // A call writes the message that tells of it, in the same transaction.
    calls: ['chats/', 'messages/', 'contacts/aliases.'],
    // A chat is muted in one's own row of it; the caller is told whether anything rings.
    notifications: ['chats/', 'calls/noteReach.', 'contacts/aliases.'],
    // A room is a chat with a call in it, for people and for guests who get a session here.
    rooms: ['calls/', 'chats/', 'contacts/', 'identity/', 'messages/commandAnswer.'],
    // Catching up reads what all of them hold.
    sync: ['identity/', 'contacts/', 'chats/', 'messages/'],
    // Telegram is one more way into an account; accounts that become one are moved in all that they are part of.
    // The bot tells what notifications have decided, by their settings.
    telegram: ['identity/', 'contacts/', 'chats/', 'calls/', 'rooms/parts.', 'notifications/'],
  },
  client: {
    // The list of calls names people as their chats do; from it, and from a room's call, one gets at its room.
    calls: ['chats/chatName.', 'rooms/'],
    // Whoever begins a chat may begin a room instead.
    chats: ['contacts/', 'rooms/CreateRoomSheet.'],
    // Before a room one sees and hears oneself as in the sheets of calls.
    rooms: ['calls/sheets/'],
    // A call is a message, whose menu tells how it went; who a person is tells whether their chat is muted.
    messages: [
      ...['chats/', 'contacts/', 'calls/sheets/', 'notifications/MuteRows.'],
      // Above a room's chat stand the way into its call, and who waits.
      ...['rooms/RoomTop.', 'rooms/WaitingList.'],
    ],
    // It stands where the page that signs in would, and asks as the browser would for pushes.
    telegram: ['identity/AuthLayout.', 'notifications/PushCard.'],
    // What is shared goes into a chat, found and named as in their list.
    share: ['chats/'],
    // The settings offer the installation; Telegram is a way in, and its bot tells things.
    settings: ['install/InstallRow.', 'identity/telegram/', 'notifications/TelegramNotices.'],
    // What the bot tells is asked only of who is linked with Telegram.
    notifications: ['identity/telegram/useTelegramIdentity.'],
    // The outbox names chats and reasons in the words that the chats themselves use.
    outbox: ['chats/chatName.', 'messages/reasonText.'],
  },
};
