import { useTranslation } from 'react-i18next';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button } from '../../../components/Button.tsx';
import { useServices } from '../../../components/ServicesContext.tsx';
import { useDateWords } from '../../../components/useDateWords.ts';
import { useLive } from '../../../components/useLive.ts';
import { useMe } from '../../../components/useMe.ts';
import { chatListQuery } from '../../../offline/queries.ts';
import type { OtherAccount } from './carryOut.ts';
import classes from './telegram.module.css';

interface MergeChoiceProps {
  other: OtherAccount;
  onMerge: () => void;
  onKeepApart: () => void;
}

/** Both accounts side by side, and what merging them does. */
export function MergeChoice({ other, onMerge, onKeepApart }: MergeChoiceProps) {
  const { t } = useTranslation();
  const { copy } = useServices();
  const me = useMe();
  const words = useDateWords();
  const chats = useLive(copy, chatListQuery(me?.person.id ?? ''))?.length;
  if (!me) return null;
  const since = words.dayWithin(new Date(other.createdAt), new Date());
  return (
    <>
      <div className={classes.accounts}>
        <Account
          which={t('telegramAccount.thisAccount')}
          {...{ id: me.person.id, name: me.person.name }}
          facts={[handle(me.person.username), me.settings.email, chats !== undefined && chatsText(chats)]}
        />
        <Account
          which={t('telegramAccount.otherAccount')}
          {...{ id: other.id, name: other.name }}
          facts={[
            ...[handle(other.username), other.email, chatsText(other.chats)],
            t('telegramAccount.since', { when: since }),
          ]}
        />
      </div>
      <ul className={classes.points}>
        <li>{t('telegramAccount.mergeMoves')}</li>
        <li>{t('telegramAccount.mergeTwice')}</li>
        <li>{t('telegramAccount.mergeWayIn')}</li>
        <li>{t('telegramAccount.mergeForGood')}</li>
      </ul>
      <div className={classes.actions}>
        <Button isWide onClick={onMerge}>
          {t('telegramAccount.merge')}
        </Button>
        <Button look="plain" isWide onClick={onKeepApart}>
          {t('telegramAccount.keepApart')}
        </Button>
      </div>
    </>
  );

  function chatsText(count: number): string {
    return t('telegramAccount.chats', { count });
  }
}

interface AccountProps {
  which: string;
  id: string;
  name: string;
  /** What there is none of is left out. */
  facts: readonly (string | null | false)[];
}

function Account({ which, id, name, facts }: AccountProps) {
  return (
    <section className={classes.account} aria-label={which}>
      <h2 className={classes.which}>{which}</h2>
      <div className={classes.who}>
        <Avatar id={id} name={name} size={44} />
        <p className={classes.name}>{name}</p>
      </div>
      <div className={classes.facts}>{facts.map((fact) => fact && <p key={fact}>{fact}</p>)}</div>
    </section>
  );
}

function handle(username: string | null): string | null {
  return username && `@${username}`;
}
