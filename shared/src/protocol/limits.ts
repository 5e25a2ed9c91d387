/** Bounds that both ends know. Text lengths count UTF-16 units, as `maxlength` and `String.length` do. */
export const LIMITS = {
  messageTextLength: 4096,
  nameLength: 64,
  aboutLength: 140,
  /** Of a profile's photo as it is kept: a JPEG, no side longer than that. */
  photoBytes: 96 * 1024,
  photoPixels: 640,
  usernameMinLength: 3,
  usernameMaxLength: 32,
  emailLength: 254,
  passwordMinLength: 10,
  passwordMaxLength: 128,
  codeLength: 6,
  codeTries: 5,
  codeLifeSeconds: 15 * 60,
  resendWaitSeconds: 60,
  historyPage: 100,
  memberPage: 200,
  newestPage: 30,
  syncChats: 200,
  smallChatMembers: 50,
  /** Of one signal between devices in a call; an offer with video takes about 8,000. */
  signalLength: 15_000,
  callParticipants: 16,
  /** Every participant sends to every other: more than these take a media server. */
  meshPeople: 4,
  iceUrls: 8,
  callRingSeconds: 60,
  /** A device in a call says so this often, and is taken for gone after the second. */
  inCallEverySeconds: 8,
  inCallLostSeconds: 30,
  /** A room's link is good for this long unless set otherwise. */
  roomLifeHours: 24,
  roomLifeMaxHours: 30 * 24,
  /** How far ahead a room may begin. */
  roomStartMaxDays: 365,
  roomsPerPerson: 100,
  roomWaiting: 50,
  /** Of a room's code, in Crockford's base 32: 50 bits. */
  roomCodeLength: 10,
  /** Of a Mini App's launch data; Telegram's own are below 1,000. */
  initDataLength: 4_096,
  /** A name and the address of a photo are in it. */
  ticketLength: 2_048,
  /** How old launch data may be to open a session, and to come back to it. */
  initDataFreshSeconds: 10 * 60,
  initDataLifeSeconds: 24 * 60 * 60,
  /** Linking, merging and the like need a proof of who one is that is not older. */
  freshAuthSeconds: 10 * 60,
  /** Of the link that goes on in the browser. */
  handOffSeconds: 60,
  /** Of a push before it is encrypted: services take 4,096 bytes with what that adds. */
  pushBytes: 3_072,
  pushEndpointLength: 1_024,
} as const;
