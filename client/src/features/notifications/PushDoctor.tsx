import { useTranslation } from 'react-i18next';
import { Button } from '../../components/Button.tsx';
import { FormError } from '../../components/FormError.tsx';
import { useServices } from '../../components/ServicesContext.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './PushDoctor.module.css';
import { PushHop } from './PushHop.tsx';
import { PushVerdict } from './PushVerdict.tsx';
import { diagnose } from './pushHops.ts';
import { usePushTest } from './usePushTest.ts';

type Props = { isOpen: boolean; onClose: () => void };

/** A test notification goes the whole way round, and each hop is seen with its time. */
export function PushDoctor({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const { pushDevice } = useServices();
  const { state, device } = useStoreOf(pushDevice.store, (current) => current);
  const { run, start } = usePushTest(isOpen && state === 'on');
  const found = diagnose(state, run);
  const isBusy = state === 'on' && !run.isOver;

  async function renew(): Promise<void> {
    await pushDevice.check();
    start();
  }
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={t('notifications.testTitle')}>
      <div className={classes.root}>
        <ol className={classes.hops}>
          {found.hops.map((hop) => (
            <PushHop key={hop.name} hop={hop} service={device?.service ?? null} test={run.test} />
          ))}
        </ol>
        <div role="status" className={classes.verdict}>
          <PushVerdict found={found} test={run.test} />
        </div>
        <FormError text={run.failure ? errorText(t, run.failure) : undefined} />
        {found.fix === 'renew' ? (
          <Button isWide onClick={() => void renew()}>
            {t('notifications.fixRenewAction')}
          </Button>
        ) : (
          state === 'on' && (
            <Button look="soft" isWide isBusy={isBusy} onClick={start}>
              {t(isBusy ? 'notifications.testing' : 'notifications.testAgain')}
            </Button>
          )
        )}
      </div>
    </Sheet>
  );
}
