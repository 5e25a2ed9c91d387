import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Row, RowGroup } from '../../components/Row.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { errorText } from '../../i18n/errorText.ts';

type Props = { chatId: string; name: string; isArchived: boolean; onDone?: () => void };

const ICON = { size: 24, stroke: 1.75 };

/** Puts a chat into the archive or takes it out. The account's stream then tells all of one's devices. */
export function ArchiveRow({ chatId, name, isArchived, onDone }: Props) {
  const { t } = useTranslation();
  const showToast = useToast();
  const archive = useMutation(
    useApiQueries().chats.setArchived.mutationOptions({
      onSuccess(_, wish) {
        showToast({ text: t(wish.isArchived ? 'archive.added' : 'archive.takenOut', { name }) });
        onDone?.();
      },
      onError: (error) => showToast({ text: errorText(t, error) }),
    }),
  );
  function toggle() {
    if (!archive.isPending) archive.mutate({ chatId, isArchived: !isArchived });
  }
  return (
    <RowGroup>
      {isArchived ? (
        <Row
          icon={<IconArchiveOff {...ICON} />}
          title={t('archive.takeOut')}
          text={t('archive.takeOutHint')}
          onClick={toggle}
        />
      ) : (
        <Row
          icon={<IconArchive {...ICON} />}
          title={t('archive.add')}
          text={t('archive.addHint')}
          onClick={toggle}
        />
      )}
    </RowGroup>
  );
}
