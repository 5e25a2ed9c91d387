import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MediaDevice } from '../../../rtc/media/localMedia.ts';
import classes from './DeviceSelect.module.css';

type Props = {
  /** What is chosen; also the name of those that have none before the browser allowed them. */
  label: string;
  devices: readonly MediaDevice[];
  chosenId: string | null;
  onChoose: (id: string) => void;
};

/** A choice of devices in the system's own list; nothing where there is no choice. */
export function DeviceSelect({ label, devices, chosenId, onChoose }: Props) {
  const { t } = useTranslation();
  const [only] = devices;
  if (!only) return null;
  const nameOf = (device: MediaDevice, index: number) =>
    device.label || t('callSheets.unnamed', { kind: label, number: index + 1 });
  if (devices.length === 1) return <p className={classes.only}>{nameOf(only, 0)}</p>;
  const isListed = devices.some(({ id }) => id === chosenId);
  return (
    <span className={classes.field}>
      <select
        className={classes.select}
        aria-label={label}
        value={isListed && chosenId !== null ? chosenId : ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {!isListed && (
          <option value="" disabled>
            {t('callSheets.asBrowser')}
          </option>
        )}
        {devices.map((device, index) => (
          <option key={device.id} value={device.id}>
            {nameOf(device, index)}
          </option>
        ))}
      </select>
      <IconChevronDown size={18} stroke={2} className={classes.chevron} aria-hidden="true" />
    </span>
  );
}
