import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmojiOnly, linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap((part) => (part.kind === 'link' ? part.href : []));

describe('links in text', () => {
  it('finds web addresses, bare www and mail', () => {
    expect(links('see https://ahoy.example/a?b=c#d and www.ferry.example')).toEqual([
      'https://ahoy.example/a?b=c#d',
      'https://www.ferry.example/',
    ]);
    expect(links('write to anna@club.example')).toEqual(['mailto:anna@club.example']);
    expect(links('https://пристань.рф/причал')).toHaveLength(1);
  });

  it('leaves the punctuation of the sentence outside', () => {
    expect(links('(see https://a.example/x).')).toEqual(['https://a.example/x']);
    expect(links('https://a.example/wiki/Pier_(harbour)!')).toEqual([
      'https://a.example/wiki/Pier_(harbour)',
    ]);
    expect(links('«https://a.example»')).toEqual(['https://a.example/']);
  });

  it('never links scripts, data, or an address that hides its host', () => {
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.example')).toEqual([]);
    expect(links('https://bank.example@evil.example/')).toEqual([]);
    expect(links('JaVaScRiPt://www.a.example')).not.toContain('javascript://www.a.example');
  });

  it('loses and adds no character, whatever was typed', () => {
    const pieces = fc.constantFrom(
      'https://',
      'www.',
      'a.b',
      '@',
      ')',
      '(',
      ' ',
      '\n',
      '.',
      'mailto:',
      'я',
      '🙃',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const result = linkify(text);
        expect(result.map((part) => part.text).join('')).toBe(text);
        for (const part of result) if (part.kind === 'link') expect(part.href).toMatch(/^(https?|mailto):/);
      }),
    );
  });
});

describe('emoji only', () => {
  it('takes one to three emoji, with skin tones, flags and joined ones', () => {
    for (const text of ['🙃', '👍🏽', '🇸🇪 🇫🇮', '👩‍👩‍👧', '❤️❤️❤️']) expect(isEmojiOnly(text)).toBe(true);
  });
  it('takes nothing else', () => {
    for (const text of ['', '1', 'a 🙃', '🙃🙃🙃🙃', '#', '12']) expect(isEmojiOnly(text)).toBe(false);
  });
});
