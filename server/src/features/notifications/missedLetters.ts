import type { DataSource } from 'typeorm';
import { composeLetter, type LetterWords } from '../../mail/composeLetter.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { Announcer } from '../announcements.ts';

type Place = { host: string };

/** The caller is not named: a stranger chooses their own name, and a letter must not carry it. */
const WORDS: Record<'en' | 'ru', (place: Place) => LetterWords> = {
  en: ({ host }) => ({
    subject: 'You missed a call on Ahoy',
    heading: 'You missed a call',
    body: [
      `Somebody called you on Ahoy at ${host}, but none of your devices could be reached.`,
      'Open the chat to see who it was and to call back. To hear of calls in time, allow notifications there.',
    ],
    action: 'Open the chat',
    why: `You get this letter because you have an Ahoy account at ${host} and no device of yours could be told of the call. There is at most one such letter an hour. If you do not want it, switch off missed calls in the settings of notifications.`,
  }),
  ru: ({ host }) => ({
    subject: 'Пропущенный звонок в Ahoy',
    heading: 'Вы пропустили звонок',
    body: [
      `Вам звонили в Ahoy на ${host}, но ни одно из ваших устройств не было доступно.`,
      'Откройте чат, чтобы узнать, кто звонил, и перезвонить. Чтобы не пропускать звонки, разрешите там уведомления.',
    ],
    action: 'Открыть чат',
    why: `Вы получили это письмо, потому что у вас есть аккаунт Ahoy на ${host} и ни одному вашему устройству не удалось сообщить о звонке. Такое письмо приходит не чаще раза в час. Если оно вам не нужно, отключите пропущенные звонки в настройках уведомлений.`,
  }),
};

/** The last rung: writes to who missed a call that nothing could tell them of. */
export function listenForLetters(parts: {
  dataSource: DataSource;
  announcer: Announcer;
  mailer: Pick<Mailer, 'send'>;
  publicUrl: () => string;
}): void {
  parts.announcer.on('callChanged', async ({ call }) => {
    const unreached = call.invitations.filter(
      ({ state, reach }) => (state === 'missed' || state === 'withdrawn') && reach === 'nobody',
    );
    for (const { userId } of unreached) {
      const person = await takeLetter(parts.dataSource, userId);
      if (!person) continue;
      const { email, locale } = person;
      const publicUrl = parts.publicUrl();
      const words = WORDS[locale]({ host: new URL(publicUrl).host });
      parts.mailer.send(composeLetter(email, locale, words, `${publicUrl}/chats/${call.chatId}`));
    }
  });
}

/** The person's address, if they want such a letter and had none within the hour; one of several processes gets it. */
async function takeLetter(
  dataSource: DataSource,
  userId: string,
): Promise<{ email: string; locale: 'en' | 'ru' } | undefined> {
  const [person]: { email: string; locale: 'en' | 'ru' }[] = await dataSource.query(
    `WITH taken AS (
       INSERT INTO notification_settings AS n (user_id, missed_letter_at)
       SELECT id, now() FROM users WHERE id = $1 AND email IS NOT NULL
       ON CONFLICT (user_id) DO UPDATE SET missed_letter_at = now()
       WHERE n.calls AND n.missed_calls
         AND (n.missed_letter_at IS NULL OR n.missed_letter_at < now() - interval '1 hour')
       RETURNING user_id)
     SELECT u.email, u.locale FROM taken JOIN users u ON u.id = taken.user_id`,
    [userId],
  );
  return person;
}
