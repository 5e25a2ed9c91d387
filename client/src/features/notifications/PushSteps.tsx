import { useTranslation } from 'react-i18next';
import { Steps } from '../../components/Steps.tsx';
import { useBrowserWords } from '../../components/useBrowserWords.ts';
import type { PushStep } from './pushSteps.ts';

/** What the person does to be told again, in the words of their browser. */
export function PushSteps({ steps }: { steps: readonly PushStep[] }) {
  const { t } = useTranslation();
  const words = { ...useBrowserWords(), what: t('notifications.what') };
  return <Steps steps={steps.map((step) => t(step, words))} />;
}
