import type { BotApi } from './botApi.ts';
import { BOT_WORDS, type Language } from './botWords.ts';

/** English is what Telegram shows to those for whom nothing else is set. */
const LANGUAGES: { language: Language; code: Record<string, never> | { language_code: 'ru' } }[] = [
  { language: 'en', code: {} },
  { language: 'ru', code: { language_code: 'ru' } },
];

/** Tells Telegram what the bot is, what can be asked of it, and which page its menu opens. Nothing is set that stands. */
export async function introduceBot(api: BotApi, publicUrl: string): Promise<void> {
  const url = `${publicUrl}/`;
  await api.ask('setChatMenuButton', (raw) =>
    raw.setChatMenuButton({
      menu_button: { type: 'web_app', text: BOT_WORDS.en.menu, web_app: { url } },
    }),
  );
  for (const { language, code } of LANGUAGES) {
    const { commands, description, shortDescription } = BOT_WORDS[language];
    const standing = await api.ask('getMyCommands', (raw) => raw.getMyCommands(code));
    if (JSON.stringify(standing) !== JSON.stringify(commands))
      await api.ask('setMyCommands', (raw) => raw.setMyCommands({ commands, ...code }));
    const about = await api.ask('getMyDescription', (raw) => raw.getMyDescription(code));
    if (about.description !== description)
      await api.ask('setMyDescription', (raw) => raw.setMyDescription({ description, ...code }));
    const short = await api.ask('getMyShortDescription', (raw) => raw.getMyShortDescription(code));
    if (short.short_description !== shortDescription)
      await api.ask('setMyShortDescription', (raw) =>
        raw.setMyShortDescription({ short_description: shortDescription, ...code }),
      );
  }
}
