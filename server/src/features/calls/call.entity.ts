import type { CallOutcome, CallReach } from '@ahoy/shared/domain/call.ts';
import type { CallMedia, CallQuality } from '@ahoy/shared/protocol/calls.ts';
import { EntitySchema } from 'typeorm';

export type CallEntity = {
  id: string;
  chatId: string;
  /** The message that tells of it in its chat. */
  messageId: string;
  /** One more with each change; clients keep the highest. */
  version: number;
  media: CallMedia;
  phase: 'ringing' | 'active' | 'ended';
  outcome: CallOutcome | null;
  startedBy: string;
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  ringsUntil: Date;
  endsBy: Date;
  needsTwo: boolean;
  isOpen: boolean;
  capacity: number;
};

export const CallSchema = new EntitySchema<CallEntity>({
  name: 'Call',
  tableName: 'calls',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'calls_pkey' },
    chatId: { name: 'chat_id', type: 'uuid' },
    messageId: { name: 'message_id', type: 'uuid' },
    version: { type: 'bigint' },
    media: { type: 'text' },
    phase: { type: 'text' },
    outcome: { type: 'text', nullable: true },
    startedBy: { name: 'started_by', type: 'uuid' },
    startedAt: { name: 'started_at', type: 'timestamptz' },
    answeredAt: { name: 'answered_at', type: 'timestamptz', nullable: true },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    ringsUntil: { name: 'rings_until', type: 'timestamptz' },
    endsBy: { name: 'ends_by', type: 'timestamptz' },
    needsTwo: { name: 'needs_two', type: 'boolean' },
    isOpen: { name: 'is_open', type: 'boolean', default: false },
    capacity: { type: 'integer', default: 16 },
  },
  // One call in a chat at a time; also what the worker looks through.
  indices: [{ name: 'calls_open', columns: ['chatId'], unique: true, where: "phase <> 'ended'" }],
  foreignKeys: [
    {
      name: 'calls_chat_fk',
      target: 'Chat',
      columnNames: ['chatId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});

export type CallInvitationEntity = {
  callId: string;
  userId: string;
  state: 'ringing' | 'joined' | 'declined' | 'missed' | 'withdrawn';
  isBusy: boolean;
  /** Whether anything told this person of the call; null: not known yet. */
  reach: CallReach | null;
};

const belongsToCall = (name: string) => ({
  name,
  target: 'Call',
  columnNames: ['callId'],
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE' as const,
});

export const CallInvitationSchema = new EntitySchema<CallInvitationEntity>({
  name: 'CallInvitation',
  tableName: 'call_invitations',
  columns: {
    callId: {
      name: 'call_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'call_invitations_pkey',
    },
    userId: {
      name: 'user_id',
      type: 'uuid',
      primary: true,
      primaryKeyConstraintName: 'call_invitations_pkey',
    },
    state: { type: 'text' },
    isBusy: { name: 'is_busy', type: 'boolean' },
    reach: { type: 'text', nullable: true },
  },
  indices: [{ name: 'call_invitations_ringing', columns: ['userId'], where: "state = 'ringing'" }],
  foreignKeys: [belongsToCall('call_invitations_call_fk')],
});

export type CallParticipantEntity = {
  /** Made by the device, which keeps it through reloads. */
  id: string;
  callId: string;
  userId: string;
  sessionId: string;
  joinedAt: Date;
  leftAt: Date | null;
  /** When it was last heard of, by its own word or by what others hear from it. */
  seenAt: Date;
  quality: CallQuality | null;
};

export const CallParticipantSchema = new EntitySchema<CallParticipantEntity>({
  name: 'CallParticipant',
  tableName: 'call_participants',
  columns: {
    id: { type: 'uuid', primary: true, primaryKeyConstraintName: 'call_participants_pkey' },
    callId: { name: 'call_id', type: 'uuid' },
    userId: { name: 'user_id', type: 'uuid' },
    sessionId: { name: 'session_id', type: 'uuid' },
    joinedAt: { name: 'joined_at', type: 'timestamptz' },
    leftAt: { name: 'left_at', type: 'timestamptz', nullable: true },
    seenAt: { name: 'seen_at', type: 'timestamptz' },
    quality: { type: 'jsonb', nullable: true },
  },
  indices: [
    { name: 'call_participants_call', columns: ['callId'] },
    { name: 'call_participants_present', columns: ['userId'], where: 'left_at IS NULL' },
  ],
  foreignKeys: [belongsToCall('call_participants_call_fk')],
});
