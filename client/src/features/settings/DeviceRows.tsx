import type { Device } from '@ahoy/shared/protocol/entities.ts';
import { IconDeviceLaptop, IconDeviceMobile, IconLogout } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { type DateWords, daysBetween } from '../../i18n/dates.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './DeviceRows.module.css';
import { EndOthersSheet } from './EndOthersSheet.tsx';
import { useDevices } from './useDevices.ts';

export interface DeviceRowsProps {
  heading?: string;
}

/** My devices, this one first; each other one can be ended. */
export function DeviceRows({ heading }: DeviceRowsProps) {
  const { t } = useTranslation();
  const [isAsking, setIsAsking] = useState(false);
  const devices = useDevices();
  if (devices.error) {
    return (
      <EmptyState
        role="alert"
        text={t('settings.devicesFailed')}
        hint={errorText(t, devices.error)}
        action={{ label: t('common.retry'), onClick: () => void devices.refetch(), look: 'soft' }}
      />
    );
  }
  if (!devices.data) return <SkeletonRows count={3} shape="icon" />;
  const sorted = devices.data.devices.toSorted((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  return (
    <RowGroup title={heading}>
      {sorted.map((device) => (
        <DeviceRow key={device.id} device={device} />
      ))}
      {sorted.length > 1 && (
        <Row
          icon={<IconLogout size={24} stroke={1.75} />}
          title={t('settings.endOthers')}
          tone="urgent"
          onClick={() => setIsAsking(true)}
        />
      )}
      <EndOthersSheet isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </RowGroup>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { t } = useTranslation();
  const dates = useDateWords();
  const Icon = device.isMobile ? IconDeviceMobile : IconDeviceLaptop;
  const used = device.isCurrent
    ? t('settings.activeNow')
    : t('settings.lastUsed', { when: momentWords(dates, new Date(device.lastUsedAt)) });
  return (
    <Row
      icon={<Icon size={24} stroke={1.75} />}
      title={t('settings.deviceName', { browser: device.browser, system: device.system })}
      text={`${device.address} · ${used}`}
      trailing={
        device.isCurrent ? (
          <span className={classes.current}>{t('settings.thisDevice')}</span>
        ) : (
          <EndButton device={device} />
        )
      }
    />
  );
}

function EndButton({ device }: { device: Device }) {
  const { t } = useTranslation();
  const showToast = useToast();
  const client = useQueryClient();
  const { identity } = useApiQueries();
  const name = t('settings.deviceName', { browser: device.browser, system: device.system });
  const end = useMutation(
    identity.endSession.mutationOptions({
      onSuccess: () => showToast({ text: t('settings.ended') }),
      onError: (error) => showToast({ text: errorText(t, error) }),
      // Also after a failure: the device may be gone already.
      onSettled: () => client.invalidateQueries({ queryKey: identity.sessions.key() }),
    }),
  );
  return (
    <button
      type="button"
      className={classes.end}
      disabled={end.isPending}
      aria-label={t('settings.endDevice', { device: name })}
      onClick={() => end.mutate({ sessionId: device.id })}
    >
      {t('settings.end')}
    </button>
  );
}

/** The day, and the time too while it is recent. */
function momentWords(dates: DateWords, at: Date): string {
  const now = new Date();
  const day = dates.day(at, now);
  return daysBetween(at, now) < 2 ? `${day.toLowerCase()}, ${dates.time(at)}` : day;
}
