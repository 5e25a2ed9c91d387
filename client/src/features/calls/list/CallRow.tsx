import { IconPhone, IconVideo } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { CallWay } from '../../../components/CallWay.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { callRowText } from '../../../i18n/callText.ts';
import type { DateWords } from '../../../i18n/dates.ts';
import type { CallItem } from '../../../offline/callList.ts';
import { callStandingOf, isOpenCall } from '../../../offline/callStanding.ts';
import { chatName } from '../../chats/chatName.ts';
import classes from './CallRow.module.css';

export type CallRowActions = { open: (item: CallItem) => void; callBack: (item: CallItem) => void };

type Props = {
  item: CallItem;
  /** So many alike stand for one. */
  count: number;
  index: number;
  isChosen: boolean;
  isTabStop: boolean;
  avatarSize: number;
  words: DateWords;
  now: Date;
  actions: CallRowActions;
};

/** Who it was, which way, and how it went; beside it the way to call back. */
export const CallRow = memo(function CallRow(props: Props) {
  const { item, count, words, now, actions } = props;
  const { t } = useTranslation();
  const { call, chat, isOutgoing } = item;
  const name = chatName(t, chat);
  const at = new Date(call.startedAt);
  const standing = callStandingOf(call, isOutgoing, now.getTime());
  const isVideo = call.media === 'video';
  const Icon = isVideo ? IconVideo : IconPhone;
  const tabIndex = props.isTabStop ? 0 : -1;

  return (
    <div className={classes.row} data-chosen={props.isChosen} data-missed={standing === 'missed'}>
      <button
        type="button"
        className={classes.open}
        tabIndex={tabIndex}
        data-index={props.index}
        aria-current={props.isChosen ? 'true' : undefined}
        onClick={() => actions.open(item)}
      >
        <Avatar
          id={chat.peer?.id ?? item.chatId}
          name={name}
          kind={chat.kind === 'direct' ? 'person' : 'group'}
          size={props.avatarSize}
        />
        <span className={classes.words}>
          <span className={classes.line}>
            <span className={classes.name}>{name}</span>
            {count > 1 && <span className={classes.count}>{t('callList.times', { count })}</span>}
            <time className={classes.time} dateTime={call.startedAt} title={words.full(at)}>
              {words.brief(at, now)}
            </time>
          </span>
          <span className={classes.how}>
            <CallWay isOutgoing={isOutgoing} />
            <span className={classes.said}>{callRowText(t, call, isOutgoing, now.getTime())}</span>
          </span>
        </span>
      </button>
      <span className={classes.back}>
        {!isOpenCall(standing) && (
          <IconButton
            label={t(isVideo ? 'callList.callVideo' : 'callList.callAudio', { name })}
            icon={<Icon stroke={1.75} aria-hidden="true" />}
            tabIndex={tabIndex}
            onClick={() => actions.callBack(item)}
          />
        )}
      </span>
    </div>
  );
});
