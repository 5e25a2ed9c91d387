import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/CloseButton.css';
import { type MantineTransition, Modal } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './IconButton.tsx';
import type { SheetProps } from './Sheet.tsx';
import classes from './SheetDialog.module.css';
import { useBackGesture } from './useBackGesture.ts';
import { useIsWide } from './useIsWide.ts';

const FROM_BELOW: MantineTransition = {
  in: { transform: 'translateY(0)' },
  out: { transform: 'translateY(100%)' },
  transitionProperty: 'transform',
};
const IN_PLACE: MantineTransition = {
  in: { opacity: 1, transform: 'translateY(0)' },
  out: { opacity: 0, transform: 'translateY(12px)' },
  transitionProperty: 'opacity, transform',
};
const SHEET_MS = 200;
/** Above the page, and above the incoming call's screen. */
const Z_INDEX = { page: 110, call: 510 };

/** Mantine keeps the focus inside, closes on Escape and gives the focus back; the look is ours. */
export function SheetDialog({ isOpen, onClose, title, subtitle, layer = 'page', children }: SheetProps) {
  const { t } = useTranslation();
  const isWide = useIsWide();
  // Mantine notes where the focus was when a dialog opens, not when it comes open: then it could not give it back.
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(isOpen), [isOpen]);
  useBackGesture(isOpen, onClose);
  return (
    <Modal.Root
      opened={isShown}
      onClose={onClose}
      // The page itself never scrolls; Mantine's lock would add a style element, which the CSP forbids.
      lockScroll={false}
      zIndex={Z_INDEX[layer]}
      transitionProps={{
        transition: isWide ? IN_PLACE : FROM_BELOW,
        duration: SHEET_MS,
        timingFunction: 'cubic-bezier(.2,.8,.3,1)',
      }}
    >
      <Modal.Overlay className={classes.scrim} backgroundOpacity={1} color="var(--ahoy-scrim)" />
      <Modal.Content
        radius={0}
        classNames={{ inner: classes.inner, content: classes.sheet }}
        aria-describedby={undefined}
      >
        <span className={classes.grip} aria-hidden="true" />
        <div className={classes.header}>
          <div>
            <Modal.Title className={classes.title}>{title}</Modal.Title>
            {subtitle && <p className={classes.subtitle}>{subtitle}</p>}
          </div>
          <IconButton
            label={t('common.close')}
            icon={<IconX stroke={1.75} />}
            tone="quiet"
            onClick={onClose}
          />
        </div>
        <div className={classes.body}>{children}</div>
      </Modal.Content>
    </Modal.Root>
  );
}
