import type { ReactNode } from 'react';
import classes from './Dock.module.css';

type Props = {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  /** For what is on or off; off is drawn inverted, so that one sees it from afar. */
  isOn?: boolean;
};

export function DockButton({ label, icon, onClick, isOn }: Props) {
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      data-off={isOn === false || undefined}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}
