import { useTranslation } from 'react-i18next';
import classes from './ReactionBar.module.css';

const EMOJI = ['👍', '❤️', '😂', '😮', '👏', '🎉'] as const;

/** What one can show the others for a moment. */
export function ReactionBar({ onReact }: { onReact: (emoji: string) => void }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set: buttons that each do something
    <div className={classes.bar} role="group" aria-label={t('roomCall.reactions')}>
      {EMOJI.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={t('roomCall.react', { emoji })}
          onClick={() => onReact(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
