import { IconVolume } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Slider } from '../../../components/Slider.tsx';
import classes from './VolumeSlider.module.css';

type Props = {
  /** Of whom. */
  name: string;
  /** 0 to 1. */
  volume: number;
  onChange: (volume: number) => void;
};

const STEPS = 20;

/** How loud one of the others is here; only where `canSetVolume`. */
export function VolumeSlider({ name, volume, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.row}>
      <IconVolume size={24} stroke={1.75} aria-hidden="true" className={classes.icon} />
      <Slider
        label={t('callSheets.volume', { name })}
        min={0}
        max={STEPS}
        value={Math.round(volume * STEPS)}
        valueText={`${Math.round(volume * 100)} %`}
        onChange={(steps) => onChange(steps / STEPS)}
      />
    </div>
  );
}

/** Safari on iOS keeps every element at full volume: only the phone's own keys set it. */
export function canSetVolume(): boolean {
  const probe = new Audio();
  probe.volume = 0.5;
  return probe.volume === 0.5;
}
