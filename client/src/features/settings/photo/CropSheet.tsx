import { IconPhoto } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button.tsx';
import { FormError } from '../../../components/FormError.tsx';
import { Sheet } from '../../../components/Sheet.tsx';
import { Slider } from '../../../components/Slider.tsx';
import { useToast } from '../../../components/ToastContext.ts';
import { errorText } from '../../../i18n/errorText.ts';
import classes from './CropSheet.module.css';
import { type Area, drawPhoto } from './drawPhoto.ts';
import type { Picture } from './openPicture.ts';
import { usePhotoActs } from './usePhotoActs.ts';

export interface CropSheetProps {
  picture: Picture;
  isOpen: boolean;
  onClose: () => void;
}

const CropStage = lazy(async () => ({ default: (await import('./CropStage.tsx')).CropStage }));

const MAX_ZOOM = 4;

/** Which part of a picture is the photo. What was chosen stays while it could not be sent. */
export function CropSheet({ picture, isOpen, onClose }: CropSheetProps) {
  const { t } = useTranslation();
  const showToast = useToast();
  const { set } = usePhotoActs();
  const [zoom, setZoom] = useState(1);
  const [area, setArea] = useState<Area | null>(null);

  function use(): void {
    if (!area) return;
    set.mutate(
      { jpeg: drawPhoto(picture, area) },
      {
        onSuccess() {
          onClose();
          showToast({ text: t('photo.saved') });
        },
      },
    );
  }

  return (
    <Sheet
      isOpen={isOpen}
      // A tap beside the sheet must not hide whether it was saved.
      onClose={() => !set.isPending && onClose()}
      title={t('photo.title')}
      subtitle={t('photo.hint')}
    >
      <div className={classes.body}>
        <div className={classes.stage}>
          <Suspense fallback={null}>
            <CropStage {...{ url: picture.url, zoom, maxZoom: MAX_ZOOM, setZoom, setArea }} />
          </Suspense>
        </div>
        <div className={classes.zoom}>
          <IconPhoto size={18} stroke={2} aria-hidden="true" />
          <Slider
            label={t('photo.zoom')}
            {...{ min: 1, max: MAX_ZOOM, step: 0.01, value: zoom, onChange: setZoom }}
            valueText={`${Math.round(zoom * 100)} %`}
          />
          <IconPhoto size={26} stroke={1.75} aria-hidden="true" />
        </div>
        <FormError text={set.error ? errorText(t, set.error) : undefined} />
        <div className={classes.acts}>
          <Button isWide isBusy={set.isPending} data-autofocus onClick={use}>
            {set.isPending ? t('common.saving') : t('photo.use')}
          </Button>
          <Button look="plain" isWide onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
