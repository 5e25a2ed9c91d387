import type { Member, Person } from '@ahoy/shared/protocol/entities.ts';
import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import type { DataSource } from 'typeorm';
import { transaction } from '../../database/transaction.ts';
import { peopleByIds } from '../contacts/peopleByIds.ts';
import { memberColumns, presentMember } from './chat.presenter.ts';
import { accessChat } from './chatAccess.ts';
import type { MemberEntity } from './member.entity.ts';

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** A page of who is in the chat, by user id; `next` continues the list, null at its end. */
export async function readMembers(
  dataSource: DataSource,
  userId: string,
  page: { chatId: string; after?: string },
): Promise<{ members: Member[]; people: Person[]; readAt: number; next: string | null }> {
  return transaction(
    dataSource,
    async (manager) => {
      const { chat } = await accessChat(manager, page.chatId, userId);
      const rows: MemberEntity[] = await manager.query(
        `SELECT ${memberColumns('m')} FROM members m
         WHERE m.chat_id = $1 AND m.user_id > $2 AND m.is_in ORDER BY m.user_id LIMIT $3`,
        [page.chatId, page.after ?? BEFORE_ALL, LIMITS.memberPage + 1],
      );
      const shown = rows.slice(0, LIMITS.memberPage);
      const ids = shown.map((row) => row.userId);
      return {
        members: shown.map(presentMember),
        people: await peopleByIds(manager, ids),
        readAt: chat.version,
        next: rows.length > shown.length ? (ids.at(-1) ?? null) : null,
      };
    },
    { isolation: 'REPEATABLE READ' },
  );
}
