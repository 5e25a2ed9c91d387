import type { Room } from '@ahoy/shared/protocol/rooms.ts';
import { IconCalendarPlus, IconCopy, IconQrcode, IconShare2 } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Row } from '../../components/Row.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { useMyId } from '../../components/useMyId.ts';
import { useNow } from '../../components/useNow.ts';
import classes from './RoomLink.module.css';
import { RoomSettings } from './RoomSettings.tsx';
import { roomLink } from './roomKeys.ts';
import { saveCalendar } from './saveCalendar.ts';

const QrCode = lazy(async () => ({ default: (await import('./QrCode.tsx')).QrCode }));

/** A room's link in all its forms; null: the server has not told it yet. */
export function RoomLink({ room }: { room: Room | null }) {
  const { t } = useTranslation();
  if (room) return <KnownLink room={room} />;
  return (
    <p className={classes.over} role="status">
      {t('rooms.linkNotYet')}
    </p>
  );
}

function KnownLink({ room }: { room: Room }) {
  const { t } = useTranslation();
  const me = useMyId();
  const words = useDateWords();
  const showToast = useToast();
  const { telegram } = useServices();
  const now = useNow(30_000);
  const [isQrShown, setQrShown] = useState(false);
  const link = roomLink(location.origin, room.token);
  const isOver = room.isRevoked || Date.parse(room.expiresAt) <= now.getTime();
  const isMine = room.createdBy === me || room.hostId === me;

  async function copy(text: string, said: string) {
    try {
      await navigator.clipboard.writeText(text);
      showToast({ text: said });
    } catch {
      showToast({ text: t('rooms.copyByHand') });
    }
  }
  async function share() {
    if (telegram) return telegram.shareLink(link, t('rooms.shareText', { title: room.title }));
    try {
      await navigator.share({
        title: room.title,
        text: t('rooms.shareText', { title: room.title }),
        url: link,
      });
    } catch (error) {
      // Whoever changes their mind is told nothing.
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        await copy(link, t('rooms.linkCopied'));
    }
  }

  if (isOver) {
    return (
      <p className={classes.over} role="status">
        {t(room.isRevoked ? 'rooms.isRevoked' : 'rooms.isExpired')}
      </p>
    );
  }
  return (
    <>
      <div className={classes.head}>
        <p className={classes.link}>{link}</p>
        <div className={classes.buttons}>
          <Button onClick={() => void copy(link, t('rooms.linkCopied'))}>
            <IconCopy size={20} stroke={2} aria-hidden="true" />
            {t('rooms.copyLink')}
          </Button>
          {(telegram || 'share' in navigator) && (
            <Button look="soft" onClick={() => void share()}>
              <IconShare2 size={20} stroke={2} aria-hidden="true" />
              {t('rooms.share')}
            </Button>
          )}
        </div>
        <p className={classes.note}>{t('rooms.goodUntil', { when: words.full(new Date(room.expiresAt)) })}</p>
      </div>
      <Row
        title={t('rooms.code')}
        text={room.code}
        trailing={
          <Button look="plain" size="small" onClick={() => void copy(room.code, t('rooms.codeCopied'))}>
            {t('rooms.copy')}
          </Button>
        }
      />
      <Row
        icon={<IconQrcode size={24} stroke={1.75} />}
        title={t(isQrShown ? 'rooms.hideQr' : 'rooms.showQr')}
        onClick={() => setQrShown(!isQrShown)}
      />
      {isQrShown && (
        <div className={classes.qr}>
          <Suspense fallback={null}>
            <QrCode text={link} label={t('rooms.qrOf', { title: room.title })} />
          </Suspense>
        </div>
      )}
      {room.startsAt && (
        <Row
          icon={<IconCalendarPlus size={24} stroke={1.75} />}
          title={t('rooms.toCalendar')}
          text={words.full(new Date(room.startsAt))}
          onClick={() => saveCalendar(room, link, t('rooms.calendarText', { code: room.code }))}
        />
      )}
      {isMine && <RoomSettings room={room} />}
    </>
  );
}
