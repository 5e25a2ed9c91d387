import { IconChevronDown, IconLockFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CallTime } from './CallTime.tsx';
import classes from './CallTop.module.css';
import type { CallModel } from './callModel.ts';

type Props = { model: CallModel; onMinimise: () => void; onTrust: () => void };

/** Above the call: away from it, with whom, and the four emoji. */
export function CallTop({ model, onMinimise, onTrust }: Props) {
  const { t } = useTranslation();
  const { call, name, onlyRemote, hasPicture } = model;
  const emoji = onlyRemote?.emoji ?? null;
  const isNamed = hasPicture || call.remotes.length > 1;
  return (
    <header className={classes.top}>
      <button
        type="button"
        className={classes.minimise}
        aria-label={t('calls.minimise')}
        title={t('calls.minimise')}
        onClick={onMinimise}
      >
        <IconChevronDown size={26} stroke={1.75} aria-hidden="true" />
      </button>
      {isNamed && (
        <div className={classes.words}>
          <h1 className={classes.name}>{name}</h1>
          <CallTime model={model} />
        </div>
      )}
      {emoji && (
        <button
          type="button"
          className={classes.emoji}
          aria-label={t('calls.checkEmoji', { emoji: emoji.join(' ') })}
          onClick={onTrust}
        >
          <IconLockFilled size={16} aria-hidden="true" />
          {emoji.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same one may come twice, and their order is what counts
            <span key={index} aria-hidden="true">
              {each}
            </span>
          ))}
        </button>
      )}
    </header>
  );
}
