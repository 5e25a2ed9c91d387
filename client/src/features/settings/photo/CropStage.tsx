import 'react-easy-crop/react-easy-crop.css';
import { useState } from 'react';
import Cropper from 'react-easy-crop';
import { useTranslation } from 'react-i18next';
import classes from './CropSheet.module.css';
import type { Area } from './drawPhoto.ts';

export interface CropStageProps {
  url: string;
  zoom: number;
  maxZoom: number;
  setZoom: (zoom: number) => void;
  setArea: (area: Area) => void;
}

const IN_THE_MIDDLE = { x: 0, y: 0 };
const STEP_PX = 8;

/** The picture under a round window: dragged, pinched, or moved with the arrow keys. */
export function CropStage({ url, zoom, maxZoom, setZoom, setArea }: CropStageProps) {
  const { t } = useTranslation();
  const [crop, setCrop] = useState(IN_THE_MIDDLE);
  return (
    <Cropper
      image={url}
      {...{ crop, zoom, maxZoom, aspect: 1, cropShape: 'round', objectFit: 'cover' }}
      showGrid={false}
      keyboardStep={STEP_PX}
      // The CSP allows no style elements.
      disableAutomaticStylesInjection
      classes={{ cropAreaClassName: classes.window }}
      mediaProps={{ draggable: false }}
      cropperProps={{ role: 'application', 'aria-label': t('photo.area') }}
      onCropChange={setCrop}
      onZoomChange={setZoom}
      onCropAreaChange={(_, pixels) => setArea(pixels)}
    />
  );
}
