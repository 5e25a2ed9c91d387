import { useTranslation } from 'react-i18next';
import { ContinueInBrowser } from '../../../components/ContinueInBrowser.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import type { TelegramPart } from '../../../net/sessionDoor.ts';
import type { MediaProblem } from '../../../rtc/media/localMedia.ts';
import { refusedWords } from './telegramWords.ts';

/** What this client of Telegram does not allow; null: it is not Telegram that stands in the way. */
export function TelegramHelp({
  telegram,
  problem,
  what,
}: {
  telegram: TelegramPart;
  problem: MediaProblem;
  what: string;
}) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const { session } = calls.store.getState();
  // The call is found again in its chat.
  const chatId = session?.store.getState().phase === 'ended' ? null : session?.store.getState().chatId;
  const words = refusedWords(problem, telegram.platform);
  if (words === null) return null;
  return (
    <>
      <p>{t(words, { what })}</p>
      <ContinueInBrowser to={chatId ? `/chats/${chatId}` : location.pathname + location.hash} />
    </>
  );
}
