import type { ReactNode } from 'react';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useIsWide } from '../../components/useIsWide.ts';
import classes from './SettingsPage.module.css';

export interface SubPageProps {
  title: string;
  /** Where the arrow of a phone leads. */
  backTo?: string;
  children: ReactNode;
}

/** The frame of what opens from the settings; on a desktop the settings stay beside it, so no arrow. */
export function SubPage({ title, backTo = '/settings', children }: SubPageProps) {
  const isWide = useIsWide();
  return (
    <div className={classes.page}>
      <ScreenHeader title={title} look="sub" backTo={isWide ? undefined : backTo} />
      <div className={classes.body}>
        <div className={classes.pane}>{children}</div>
      </div>
    </div>
  );
}
