import { IconCheck, IconShare2, IconSquareRoundedPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import classes from './InstallSheet.module.css';

const ICON = { size: 28, stroke: 1.75, 'aria-hidden': true } as const;

/** The three steps on an iPhone or iPad, where only the person can install something. */
export function InstallSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const steps: { icon: ReactNode; title: string; text: string }[] = [
    { icon: <IconShare2 {...ICON} />, title: t('install.stepShare'), text: t('install.stepShareHint') },
    {
      icon: <IconSquareRoundedPlus {...ICON} />,
      title: t('install.stepAdd'),
      text: t('install.stepAddHint'),
    },
    { icon: <IconCheck {...ICON} />, title: t('install.stepConfirm'), text: t('install.stepConfirmHint') },
  ];
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('install.title')} subtitle={t('install.why')}>
      <ol className={classes.steps}>
        {steps.map(({ icon, title, text }) => (
          <li key={title} className={classes.step}>
            <span className={classes.picture}>{icon}</span>
            <span className={classes.words}>
              <b>{title}</b>
              <span>{text}</span>
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.foot}>
        <Button isWide look="soft" onClick={onClose}>
          {t('install.understood')}
        </Button>
      </div>
    </Sheet>
  );
}
