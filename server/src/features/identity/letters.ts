import type { Letter } from '../../mail/letter.ts';
import type { ChallengeEntity } from './challenge.entity.ts';
import { LETTER_TEXTS, type LetterWords } from './letterTexts.ts';
import type { Identity } from './parts.ts';

type Proof = { code: string; token: string };
type Named = Pick<ChallengeEntity, 'kind' | 'email' | 'userId' | 'registration' | 'locale'>;

/**
 * The letter of a challenge. A registration of a taken address writes to the owner, without a code; a reset without an
 * account writes to nobody.
 */
export function letterOf(challenge: Named, { code, token }: Proof, publicUrl: string): Letter | undefined {
  const { kind, email, locale } = challenge;
  const texts = LETTER_TEXTS[locale];
  const place = { host: new URL(publicUrl).host, code };
  switch (kind) {
    case 'register':
      return challenge.registration
        ? compose(email, locale, texts.register(place), `${publicUrl}/confirm#token=${token}`, code)
        : compose(email, locale, texts.registerTaken(place), publicUrl);
    case 'reset':
      return challenge.userId
        ? compose(email, locale, texts.reset(place), `${publicUrl}/reset#token=${token}`, code)
        : undefined;
    default:
      return kind satisfies never;
  }
}

/** Tells the owner that the password was changed. */
export function sendPasswordNotice(
  { mailer, config }: Identity,
  { email, locale }: { email: string | null; locale: 'en' | 'ru' },
): void {
  if (!email) return;
  const publicUrl = config.publicUrl();
  const words = LETTER_TEXTS[locale].passwordSet({ host: new URL(publicUrl).host, code: '' });
  mailer.send(compose(email, locale, words, publicUrl));
}

function compose(to: string, locale: string, words: LetterWords, link: string, code?: string): Letter {
  const shown = code && words.codeLabel ? { label: words.codeLabel, digits: code } : undefined;
  return {
    to,
    subject: words.subject,
    text: [
      ...words.body,
      ...(shown ? [`${shown.label} ${shown.digits}`] : []),
      `${words.action}:\n${link}`,
      `--\n${words.why}`,
      '',
    ].join('\n\n'),
    html: page(locale, words, link, shown),
  };
}

/** Colours and sizes are inline and nothing is loaded: it looks the same with pictures switched off. */
function page(
  locale: string,
  words: LetterWords,
  link: string,
  code: { label: string; digits: string } | undefined,
): string {
  const paragraph = (text: string, style = '') =>
    `<p style="margin:0 0 16px;${style}">${escapeHtml(text)}</p>`;
  const digits = 'font:700 32px/40px ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px';
  const button =
    'display:inline-block;padding:12px 20px;border-radius:12px;background:#0b5563;color:#ffffff;text-decoration:none;font-weight:600';
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(words.heading)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#ffffff;color:#16262b;font:16px/24px system-ui,sans-serif">',
    '<div style="max-width:480px;margin:0 auto">',
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${escapeHtml(words.heading)}</h1>`,
    ...words.body.map((text) => paragraph(text)),
    ...(code ? [paragraph(code.label, 'color:#4a5c62'), paragraph(code.digits, digits)] : []),
    `<p style="margin:0 0 24px"><a href="${escapeHtml(link)}" style="${button}">${escapeHtml(words.action)}</a></p>`,
    paragraph(words.why, 'color:#4a5c62;font-size:14px;line-height:20px'),
    '</div></body></html>',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
