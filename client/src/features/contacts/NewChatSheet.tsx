import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Sheet } from '../../components/Sheet.tsx';
import classes from './NewChatSheet.module.css';
import { PeopleBrowser } from './PeopleBrowser.tsx';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  /** Other things that begin here, above the people. */
  children?: ReactNode;
};

/** Whom to write to. */
export function NewChatSheet({ isOpen, onClose, children }: Props) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('contacts.newChat')}>
      {children && <div className={classes.others}>{children}</div>}
      <PeopleBrowser
        hasFocusedField
        onOpened={(chatId) => {
          onClose();
          navigate(`/chats/${chatId}`);
        }}
      />
    </Sheet>
  );
}
