import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { CropSheet } from './CropSheet.tsx';
import { openPicture, type Picture, type PictureProblem } from './openPicture.ts';
import classes from './PhotoField.module.css';
import { RemovePhotoSheet } from './RemovePhotoSheet.tsx';

export interface PhotoFieldProps {
  person: Person;
  /** As it is being written. */
  name: string;
}

/** The own photo, and what can be done with it; each act takes effect by itself, without the form around it. */
export function PhotoField({ person, name }: PhotoFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<Picture | null>(null);
  const [problem, setProblem] = useState<PictureProblem | null>(null);
  const [opened, setOpened] = useState<'crop' | 'remove' | null>(null);
  const close = () => setOpened(null);
  useEffect(() => () => picture?.image && URL.revokeObjectURL(picture.url), [picture]);

  async function choose(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [file] = event.currentTarget.files ?? [];
    // So that the same file can be chosen again.
    event.currentTarget.value = '';
    if (!file) return;
    const chosen = await openPicture(file);
    setProblem(typeof chosen === 'string' ? chosen : null);
    if (typeof chosen === 'string') return;
    setPicture(chosen);
    setOpened('crop');
  }

  return (
    <div className={classes.field}>
      <div className={classes.photo}>
        <Avatar id={person.id} name={name} size={96} />
        <div className={classes.acts}>
          <Button look="soft" size="small" onClick={() => input.current?.click()}>
            {t(person.photoId ? 'photo.change' : 'photo.choose')}
          </Button>
          {person.photoId && (
            <Button look="plain" size="small" onClick={() => setOpened('remove')}>
              {t('photo.remove')}
            </Button>
          )}
        </div>
        <input ref={input} type="file" accept="image/*" hidden onChange={(event) => void choose(event)} />
      </div>
      <FormError text={problem ? t(`photo.${problem}`) : undefined} />
      {picture && (
        <CropSheet key={picture.url} picture={picture} isOpen={opened === 'crop'} onClose={close} />
      )}
      <RemovePhotoSheet isOpen={opened === 'remove'} onClose={close} />
    </div>
  );
}
