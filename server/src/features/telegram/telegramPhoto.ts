/** Of what Telegram signs; a ticket carries it along. */
const MOST_CHARACTERS = 512;

/** Where a Telegram user's photo lies, in plain characters; undefined for whatever else was said. */
export function telegramPhoto(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' && href.length <= MOST_CHARACTERS ? href : undefined;
}
