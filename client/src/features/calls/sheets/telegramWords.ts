import type { MediaProblem } from '../../../rtc/media/localMedia.ts';

export type TelegramWords = `telegram.${'deniedPhone' | 'deniedDesktop' | 'deniedWeb' | 'unsupported'}`;

/** What a client of Telegram does not allow, by its platform; null for what has other reasons, with other remedies. */
export function refusedWords(problem: MediaProblem, platform: string): TelegramWords | null {
  if (problem === 'unsupported') return 'telegram.unsupported';
  if (problem !== 'denied') return null;
  if (/^(ios|android)/.test(platform)) return 'telegram.deniedPhone';
  return platform.startsWith('web') ? 'telegram.deniedWeb' : 'telegram.deniedDesktop';
}
