import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { IconArrowUp, IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Composer.module.css';

type Props = {
  text: string;
  onChange: (text: string) => void;
  onSend: () => void;
  /** Up arrow in an empty field. */
  onEditLast: () => void;
  onEscape: () => void;
  isEditing: boolean;
  /** What is answered or changed, above the field. */
  bar: ReactNode;
  note: string | null;
  /** Another value takes the focus: a reply was begun, a chat opened. */
  focusKey: string;
};

const COUNTED_FROM = LIMITS.messageTextLength - 300;
const MAX_LINES = 6;

/** Where a message is written. Keeps whatever was pasted, and says when it is too long to be sent. */
export function Composer(props: Props) {
  const { text, isEditing, focusKey } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const excess = text.length - LIMITS.messageTextLength;
  const canSend = excess <= 0 && text.trim() !== '';
  const label = isEditing ? t('messages.saveEdit') : t('messages.send');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const frame = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom) + 2;
    element.style.height = 'auto';
    const longest = Number.parseFloat(style.lineHeight) * MAX_LINES + frame;
    element.style.height = `${Math.min(element.scrollHeight + 2, longest)}px`;
    element.style.overflowY = element.scrollHeight > longest ? 'auto' : 'hidden';
  }, [text]);

  useEffect(() => {
    // On a phone the keyboard would cover half of what one came to read.
    if (focusKey === '' && window.matchMedia('(pointer: coarse)').matches) return;
    const element = field.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [focusKey]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const isTouch = window.matchMedia('(pointer: coarse)').matches;
    if (event.key === 'Enter' && !event.shiftKey && !isTouch) {
      event.preventDefault();
      if (canSend) props.onSend();
    } else if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      props.onEditLast();
    } else if (event.key === 'Escape' && props.bar) {
      event.preventDefault();
      props.onEscape();
    }
  }

  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSend) props.onSend();
      }}
    >
      {props.bar}
      <div className={classes.line}>
        <textarea
          ref={field}
          className={classes.field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={t('messages.field')}
          aria-label={t('messages.field')}
          aria-invalid={excess > 0}
          aria-describedby="composer-note"
          enterKeyHint={isEditing ? 'done' : undefined}
          onChange={(event) => props.onChange(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className={classes.send}
          aria-label={label}
          title={label}
          aria-disabled={!canSend}
          // The field keeps the focus, and the phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
        >
          {isEditing ? (
            <IconCheck size={24} stroke={2} aria-hidden="true" />
          ) : (
            <IconArrowUp size={24} stroke={2} aria-hidden="true" />
          )}
        </button>
      </div>
      <p id="composer-note" className={classes.note} data-wrong={excess > 0} aria-live="polite">
        {excess > 0 && t('messages.tooLong', { count: excess })}
        {excess <= 0 &&
          text.length >= COUNTED_FROM &&
          t('messages.counter', { length: text.length, limit: LIMITS.messageTextLength })}
        {excess <= 0 && props.note}
      </p>
    </form>
  );
}
