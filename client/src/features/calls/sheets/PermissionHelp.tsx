import { IconAlertCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { browserOf, readBrowserSigns } from '../../../browserOf.ts';
import { Button } from '../../../components/Button.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { Steps } from '../../../components/Steps.tsx';
import { useBrowserWords } from '../../../components/useBrowserWords.ts';
import { useStoreOf } from '../../../components/useStoreOf.ts';
import type { LocalMedia } from '../../../rtc/media/localMedia.ts';
import classes from './PermissionHelp.module.css';
import { type Complaint, complaintsOf, WHAT } from './permissionComplaints.ts';
import { permissionSteps } from './permissionSteps.ts';
import shared from './sheets.module.css';
import { TelegramHelp } from './TelegramHelp.tsx';
import { refusedWords } from './telegramWords.ts';

type Props = {
  media: LocalMedia;
  /** In a call one may stay without; before it one may join without. */
  isInCall?: boolean;
};

/** What to do, in this browser, about a microphone, a camera or a screen that is not to be had; nothing when all is well. */
export function PermissionHelp({ media, isInCall = true }: Props) {
  const { t } = useTranslation();
  const [isTrying, setTrying] = useState(false);
  const problems = useStoreOf(media.store, (state) => state.problems);
  const complaints = complaintsOf(problems);
  if (complaints.length === 0) return null;

  async function tryAgain(): Promise<void> {
    setTrying(true);
    // A screen is asked for by its own button: browsers want a press for it, and the question which one.
    await media.open({ microphone: problems.microphone !== null, camera: problems.camera !== null });
    setTrying(false);
  }
  const hasDevice = problems.microphone !== null || problems.camera !== null;
  return (
    <div className={classes.root}>
      {complaints.map((complaint) => (
        <ComplaintSteps key={complaint.title} complaint={complaint} />
      ))}
      {hasDevice && (
        <>
          <Button look="soft" size="small" isBusy={isTrying} onClick={() => void tryAgain()}>
            {t('common.retry')}
          </Button>
          <p className={shared.note}>
            {isInCall ? t('callSheets.stayAndListen') : t('callSheets.joinAndListen')}
          </p>
        </>
      )}
    </div>
  );
}

function ComplaintSteps({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation();
  const { telegram } = useServices();
  const { problem, device } = complaint;
  const words = { ...useBrowserWords(), what: t(WHAT[complaint.what]) };
  const browser = browserOf(readBrowserSigns(window));
  return (
    <section className={classes.complaint} aria-label={t(complaint.title)}>
      <h2 className={classes.title}>
        <IconAlertCircle size={18} stroke={2} aria-hidden="true" className={classes.icon} />
        {t(complaint.title)}
      </h2>
      {telegram && refusedWords(problem, telegram.platform) ? (
        <TelegramHelp telegram={telegram} problem={problem} what={words.what} />
      ) : (
        <Steps
          steps={permissionSteps(problem, device, browser, isSecureContext).map((step) => t(step, words))}
        />
      )}
    </section>
  );
}
