import { useTranslation } from 'react-i18next';
import type { CallModel } from '../screens/callModel.ts';
import classes from './TileReactions.module.css';

/** Spread a little, so that two do not cover each other. */
const WAYS = 5;

type Props = {
  model: CallModel;
  /** null: this device's. */
  participantId: string | null;
};

/** What somebody shows for a moment: it rises over their picture. */
export function TileReactions({ model, participantId }: Props) {
  const { t } = useTranslation();
  const { call, nameOf } = model;
  const remote = call.remotes.find((each) => each.participantId === participantId);
  const name = remote ? nameOf(remote.userId) : t('roomCall.you');
  const isOther = (id: string) => call.remotes.some((each) => each.participantId === id);
  const shown = call.reactions.filter((each) =>
    participantId === null ? !isOther(each.participantId) : each.participantId === participantId,
  );
  return (
    <div className={classes.reactions} role="status">
      {shown.map(({ id, emoji }) => (
        <span
          key={id}
          className={classes.reaction}
          role="img"
          data-way={wayOf(id)}
          aria-label={t('roomCall.reacted', { name, emoji })}
        >
          {emoji}
        </span>
      ))}
    </div>
  );
}

function wayOf(id: string): number {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % WAYS;
}
