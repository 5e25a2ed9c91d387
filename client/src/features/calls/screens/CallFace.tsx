import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import classes from './CallFace.module.css';

const RINGS = [1, 2, 3, 4, 5] as const;

type Props = {
  avatarId: string;
  name: string;
  isGroup: boolean;
  /** Rings go out from it while it rings. */
  isRinging?: boolean;
  isSpeaking?: boolean;
  /** Below the name. */
  children?: ReactNode;
  nameId?: string;
};

/** The face of a call that has no picture: avatar, name, and what there is to say. */
export function CallFace({ avatarId, name, isGroup, isRinging, isSpeaking, children, nameId }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.face}>
      <div className={classes.avatar}>
        {isRinging && RINGS.map((ring) => <span key={ring} className={classes.ring} data-ring={ring} />)}
        <div className={classes.disc} data-speaking={isSpeaking || undefined}>
          <Avatar id={avatarId} name={name} kind={isGroup ? 'group' : 'person'} size={152} />
        </div>
        {isSpeaking && <span className={classes.hidden}>{t('calls.speaks', { name })}</span>}
      </div>
      <div className={classes.words}>
        <h1 id={nameId} className={classes.name}>
          {name}
        </h1>
        {children}
      </div>
    </div>
  );
}
