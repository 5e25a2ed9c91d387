import { IconChevronDown, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../../components/Sheet.tsx';
import { trustEmojiId } from '../../../rtc/trust/trustEmoji.ts';
import shared from './sheets.module.css';
import classes from './TrustSheet.module.css';

type Props = {
  /** null: both fingerprints are not known yet. */
  emoji: readonly string[] | null;
  /** The other side's. */
  name: string;
  isOpen: boolean;
  onClose: () => void;
};

/** The four pictures that both sides compare, and what it means when they differ. */
export function TrustSheet({ emoji, name, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('callSheets.trustTitle')} layer="call">
      <div className={shared.body}>
        {emoji ? (
          <Comparison emoji={emoji} name={name} />
        ) : (
          <p className={shared.note}>{t('callSheets.trustWaiting')}</p>
        )}
        <details className={classes.how}>
          <summary className={classes.ask}>
            {t('callSheets.trustHow')}
            <IconChevronDown size={18} stroke={2} aria-hidden="true" className={classes.chevron} />
          </summary>
          <p className={shared.note}>{t('callSheets.trustHowText')}</p>
        </details>
      </div>
    </Sheet>
  );
}

function Comparison({ emoji, name }: { emoji: readonly string[]; name: string }) {
  const { t } = useTranslation();
  return (
    <>
      <ol className={classes.emoji}>
        {emoji.map((glyph, index) => (
          // The same picture may come twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what counts, and it never changes
          <Picture key={index} glyph={glyph} />
        ))}
      </ol>
      <p>{t('callSheets.trustCompare', { name })}</p>
      <ul className={classes.meanings}>
        <li className={classes.same}>
          <IconShieldCheck size={22} stroke={1.75} aria-hidden="true" />
          <span>{t('callSheets.trustSame')}</span>
        </li>
        <li className={classes.differ}>
          <IconShieldX size={22} stroke={1.75} aria-hidden="true" />
          <span>{t('callSheets.trustDiffer')}</span>
        </li>
      </ul>
    </>
  );
}

/** With its name below, so that both call it the same. */
function Picture({ glyph }: { glyph: string }) {
  const { t } = useTranslation();
  const id = trustEmojiId(glyph);
  return (
    <li className={classes.one}>
      <span className={classes.glyph} aria-hidden={id !== null}>
        {glyph}
      </span>
      {id && <span className={classes.name}>{t(`trustEmoji.${id}`)}</span>}
    </li>
  );
}
