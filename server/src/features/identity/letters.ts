import { composeLetter } from '../../mail/composeLetter.ts';
import type { Letter } from '../../mail/letter.ts';
import type { ChallengeEntity } from './challenge.entity.ts';
import { LETTER_TEXTS } from './letterTexts.ts';
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
        ? composeLetter(email, locale, texts.register(place), `${publicUrl}/confirm#token=${token}`, code)
        : composeLetter(email, locale, texts.registerTaken(place), publicUrl);
    case 'reset':
      return challenge.userId
        ? composeLetter(email, locale, texts.reset(place), `${publicUrl}/reset#token=${token}`, code)
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
  mailer.send(composeLetter(email, locale, words, publicUrl));
}
