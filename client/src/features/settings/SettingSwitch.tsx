import { useTranslation } from 'react-i18next';
import { SwitchRow } from '../../components/SwitchRow.tsx';
import { errorText } from '../../i18n/errorText.ts';
import { useUpdateMe } from './useUpdateMe.ts';

type Props = {
  setting: 'isFindableByEmail' | 'isAlwaysRelayed' | 'isMetInRooms';
  title: string;
  hint: string;
  isOn: boolean;
  isDisabled?: boolean;
};

/** A setting that is on or off, kept on the server; shown as it will be while that takes it. */
export function SettingSwitch({ setting, isOn, ...row }: Props) {
  const { t } = useTranslation();
  const update = useUpdateMe();
  const shown = update.isPending ? update.variables[setting] : isOn;
  return (
    <SwitchRow
      {...row}
      isOn={shown === true}
      onChange={(wanted) => update.mutate({ [setting]: wanted })}
      error={update.error ? errorText(t, update.error) : undefined}
    />
  );
}
