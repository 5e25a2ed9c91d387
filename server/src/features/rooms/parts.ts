import type { DataSource } from 'typeorm';
import type { Announcements, Announcer } from '../announcements.ts';
import type { RefreshTokens } from '../identity/refreshTokens.ts';
import type { SessionParts } from '../identity/sessions.ts';
import type { Limits } from '../rateLimits.ts';
import type { RoomKeys } from './roomKeys.ts';

/** What the commands of rooms work with. */
export type RoomsParts = {
  dataSource: DataSource;
  announcer: Announcer;
  keys: RoomKeys;
  /** How many people fit into a room's call. */
  roomPeople: number;
};

/** With what opens sessions of guests. */
export type EntryParts = RoomsParts &
  SessionParts & {
    refreshTokens: RefreshTokens;
    limits: Pick<Limits, 'roomKeyByAddress' | 'roomKeyByAll' | 'roomEntryByAddress' | 'roomEntryByPerson'>;
  };

/** What is to be told once the transaction has committed. */
export type News = {
  [K in keyof Announcements]: { kind: K; told: Announcements[K] };
}[keyof Announcements];

export function tell(announcer: Announcer, news: readonly News[]): void {
  for (const { kind, told } of news) announcer.announce(kind, told as Announcements[typeof kind]);
}
