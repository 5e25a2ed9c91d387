import { IconSearch, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsWide } from '../../components/useIsWide.ts';
import classes from './SearchField.module.css';

export type SearchFieldHandle = { focus: () => void };

type Props = {
  ref: Ref<SearchFieldHandle>;
  /** What is searched, where it is not all that the device holds. */
  label?: string;
  value: string;
  onChange: (value: string) => void;
  onArrowDown: () => void;
  onEnter: () => void;
};

/** Searches what the device holds; Ctrl K (or the command key) leads here from anywhere. */
export function SearchField({ ref, label, value, onChange, onArrowDown, onEnter }: Props) {
  const { t } = useTranslation();
  const isWide = useIsWide();
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }));

  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const isShortcut = (event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyK';
      if (!isShortcut) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      onArrowDown();
    } else if (event.key === 'Enter' && value !== '') {
      event.preventDefault();
      onEnter();
    } else if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      onChange('');
    }
  }

  return (
    <div className={classes.field}>
      <IconSearch size={20} stroke={2} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        autoComplete="off"
        aria-label={label ?? t('chats.search')}
        placeholder={label ?? (isWide ? t('chats.searchShort') : t('chats.search'))}
        aria-keyshortcuts="Control+K"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('chats.clearSearch')}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <IconX size={18} stroke={2} aria-hidden="true" />
        </button>
      )}
      {value === '' && isWide && (
        <span className={classes.keys} aria-hidden="true">
          Ctrl K
        </span>
      )}
    </div>
  );
}
