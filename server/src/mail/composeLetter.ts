import type { Letter } from './letter.ts';

/** One letter's words. Nothing in them comes from a stranger: a letter must not carry someone else's message. */
export type LetterWords = {
  subject: string;
  heading: string;
  /** What happened and what to do. */
  body: string[];
  /** Above the digits. */
  codeLabel?: string;
  /** On the button. */
  action: string;
  /** Why this letter came, and what if it was not you. */
  why: string;
};

/** A letter of these words with a button that leads to `link`; with a code, when the words have a line for it. */
export function composeLetter(
  to: string,
  locale: string,
  words: LetterWords,
  link: string,
  code?: string,
): Letter {
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
