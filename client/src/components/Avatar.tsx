import { IconBookmarkFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Avatar.module.css';
import { avatarHue, initials } from './initials.ts';
import { usePhotoUrl } from './usePhotoUrl.ts';

export interface AvatarProps {
  /** Of the person or chat; gives the hue. */
  id: string;
  name: string;
  /** People are circles, groups squircles; `saved` shows a bookmark. */
  kind?: 'person' | 'group' | 'saved';
  /** Of a person who may be none of those whom the device knows, as the server told it. */
  photoId?: string;
  /** In pixels. */
  size: number;
  /** Leave out while offline: presence that we cannot know is not shown. */
  isOnline?: boolean;
}

const SAVED_HUE = '#1f7370';

/**
 * A person's photo, or two halves of one hue, like the flag; those stay below until the photo is decoded. Decorative: the
 * name stands beside it.
 */
export function Avatar({ id, name, kind = 'person', photoId, size, isOnline = false }: AvatarProps) {
  const { t } = useTranslation();
  const photo = usePhotoUrl(kind === 'person' ? id : null, photoId);
  const hue = kind === 'saved' ? SAVED_HUE : avatarHue(id);
  return (
    <span className={classes.root} style={{ width: size, height: size, fontSize: size * 0.36 }}>
      <span
        className={kind === 'group' ? classes.group : classes.person}
        style={{ '--avatar-hue': hue }}
        aria-hidden="true"
      >
        {kind === 'saved' ? <IconBookmarkFilled size={size * 0.46} /> : initials(name)}
      </span>
      {photo && <img className={classes.photo} src={photo} alt="" draggable={false} />}
      {isOnline && <span className={classes.online} role="img" aria-label={t('common.online')} />}
    </span>
  );
}
