import {
  IconArrowBackUp,
  IconCopy,
  IconInfoCircle,
  IconPencil,
  IconPhone,
  IconRefresh,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackGesture } from '../../components/useBackGesture.ts';
import classes from './MessageMenu.module.css';

export type Point = { x: number; y: number };
export type MenuAction =
  | 'callBack'
  | 'callDetails'
  | 'reply'
  | 'edit'
  | 'copy'
  | 'delete'
  | 'retry'
  | 'discard';

type Props = {
  at: Point;
  offered: readonly MenuAction[];
  onChoose: (action: MenuAction) => void;
  onClose: () => void;
};

const EDGE_PX = 8;

const ICONS: Readonly<Record<MenuAction, ReactNode>> = {
  callBack: <IconPhone size={20} stroke={1.75} aria-hidden="true" />,
  callDetails: <IconInfoCircle size={20} stroke={1.75} aria-hidden="true" />,
  reply: <IconArrowBackUp size={20} stroke={1.75} aria-hidden="true" />,
  edit: <IconPencil size={20} stroke={1.75} aria-hidden="true" />,
  copy: <IconCopy size={20} stroke={1.75} aria-hidden="true" />,
  delete: <IconTrash size={20} stroke={1.75} aria-hidden="true" />,
  retry: <IconRefresh size={20} stroke={1.75} aria-hidden="true" />,
  discard: <IconX size={20} stroke={1.75} aria-hidden="true" />,
};

/** What can be done with a message, beside the finger or pointer. */
export function MessageMenu({ at, offered, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  const menu = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useBackGesture(true, onClose);

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const before = document.activeElement;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const x = Math.min(at.x, window.innerWidth - width - EDGE_PX);
    const isAbove = at.y + height + EDGE_PX > window.innerHeight;
    element.style.left = `${Math.max(EDGE_PX, x)}px`;
    element.style.top = `${Math.max(EDGE_PX, isAbove ? at.y - height : at.y)}px`;
    element.querySelector('button')?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && element.contains(document.activeElement))
        before.focus({ preventScroll: true });
    };
  }, [at]);

  // By hand: the browser would close it when the finger of a long press is lifted.
  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close.current();
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.findIndex((item) => item.matches(':focus'));
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Tab' || event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    if (step === undefined) return;
    event.preventDefault();
    items.at(step % items.length)?.focus();
  }

  return (
    <div
      ref={menu}
      popover="manual"
      role="menu"
      tabIndex={-1}
      aria-label={t('messages.actions')}
      className={classes.menu}
      onKeyDown={onKeyDown}
    >
      {offered.map((action) => (
        <button key={action} type="button" role="menuitem" onClick={() => onChoose(action)}>
          {ICONS[action]}
          {t(`messages.${action}`)}
        </button>
      ))}
    </div>
  );
}
