import { IconLink, IconPhone, IconVideo } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import { IconButton } from '../../components/IconButton.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { useMe } from '../../components/useMe.ts';
import { RoomLinkSheet } from './RoomLinkSheet.tsx';
import { useStanding } from './useStanding.ts';

/** Beside a room's name above its chat: the way into its call, and the link for others. */
export function RoomTop({ chatId }: { chatId: string }) {
  const { t } = useTranslation();
  const { calls } = useServices();
  const me = useMe();
  const search = useSearch();
  const [location, navigate] = useLocation();
  const [isInviting, setInviting] = useState(false);
  const standing = useStanding(chatId);
  const isInviteWanted = new URLSearchParams(search).has('invite');
  useEffect(() => {
    if (!isInviteWanted) return;
    setInviting(true);
    // Once is enough: neither a reload nor the way back opens it again.
    navigate(location, { replace: true });
  }, [isInviteWanted, location, navigate]);

  const media = standing?.media ?? 'video';
  const Icon = media === 'video' ? IconVideo : IconPhone;
  return (
    <>
      {me?.guestOf === undefined && (
        <IconButton
          label={t('rooms.invite')}
          icon={<IconLink stroke={1.75} aria-hidden="true" />}
          onClick={() => setInviting(true)}
        />
      )}
      <IconButton
        label={t('rooms.joinCall')}
        icon={<Icon stroke={1.75} aria-hidden="true" />}
        onClick={() =>
          void calls.enterRoom({ chatId, media, isWithCamera: media === 'video', isWithMicrophone: true })
        }
      />
      {me?.guestOf === undefined && (
        <RoomLinkSheet chatId={chatId} isOpen={isInviting} onClose={() => setInviting(false)} />
      )}
    </>
  );
}
