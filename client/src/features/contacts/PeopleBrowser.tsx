import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { useLive } from '../../components/useLive.ts';
import { useNow } from '../../components/useNow.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { errorText } from '../../i18n/errorText.ts';
import { contactsQuery } from '../../offline/queries.ts';
import classes from './PeopleBrowser.module.css';
import { PersonRow } from './PersonRow.tsx';
import { presenceWords } from './presenceWords.ts';
import { usePersonSearch } from './usePersonSearch.ts';

type Props = {
  onOpened: (chatId: string) => void;
  /** In a sheet the field takes the focus. */
  hasFocusedField?: boolean;
};

/** Everyone one can talk to: found by exact name or address, and the people one talks with already. */
export function PeopleBrowser({ onOpened, hasFocusedField = false }: Props) {
  const { copy, commands, session, presence } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const words = useDateWords();
  const now = useNow(30_000);
  const fieldId = useId();
  const [text, setText] = useState('');
  const search = usePersonSearch(text);
  const me = useStoreOf(session.store, (state) => state.me?.person ?? null);
  const presences = useStoreOf(presence.store, (state) => state.people);
  const contacts = useLive(copy, contactsQuery(me?.id ?? '')) ?? [];
  const wanted = text.trim().toLocaleLowerCase();
  const shown = contacts.filter(({ person }) => isLike(person, wanted));

  function open(opening: Promise<string>) {
    opening.then(onOpened, (error: unknown) => showToast({ text: errorText(t, error) }));
  }
  const presenceOf = (person: Person) => presenceWords(t, words, presences[person.id], now);
  const handle = (person: Person) => (person.username ? `@${person.username}` : null);

  return (
    <div className={classes.browser}>
      <div className={classes.field}>
        <IconSearch size={20} stroke={2} aria-hidden="true" />
        <input
          id={fieldId}
          type="search"
          data-autofocus={hasFocusedField || undefined}
          inputMode="email"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoComplete="off"
          aria-label={t('contacts.findLabel')}
          placeholder={t('contacts.findPlaceholder')}
          aria-describedby={`${fieldId}-said`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <div id={`${fieldId}-said`} className={classes.said} role="status">
        {search.state === 'idle' && wanted !== '' && shown.length === 0 && t('contacts.findHint')}
        {search.state === 'finding' && t('contacts.finding')}
        {search.state === 'nobody' && shown.length === 0 && t('contacts.nobody')}
        {search.state === 'offline' && t('contacts.offline')}
        {search.state === 'failed' && <span className={classes.failed}>{errorText(t, search.error)}</span>}
        {search.state === 'found' && search.person.id === me?.id && t('contacts.yourself')}
      </div>
      {search.state === 'found' && search.person.id !== me?.id && (
        <>
          <h2 className={classes.heading}>{t('contacts.found')}</h2>
          <ul>
            <PersonRow
              id={search.person.id}
              name={search.person.name}
              isOnline={presences[search.person.id]?.isOnline ?? false}
              note={handle(search.person) ?? search.person.about}
              onOpen={() => open(commands.openDirect(search.person))}
            />
          </ul>
        </>
      )}
      {wanted === '' && (
        <ul>
          <PersonRow
            id={me?.id ?? ''}
            name={t('contacts.saved')}
            kind="saved"
            note={t('contacts.savedHint')}
            onOpen={() => open(commands.openSaved())}
          />
        </ul>
      )}
      {shown.length > 0 && (
        <>
          <h2 className={classes.heading}>{t('contacts.yourPeople')}</h2>
          <ul>
            {shown.map(({ person }) => (
              <PersonRow
                key={person.id}
                id={person.id}
                name={person.name}
                isOnline={presences[person.id]?.isOnline ?? false}
                note={presenceOf(person) ?? handle(person)}
                onOpen={() => open(commands.openDirect(person))}
              />
            ))}
          </ul>
        </>
      )}
      {wanted === '' && contacts.length === 0 && <p className={classes.nobody}>{t('contacts.noPeople')}</p>}
    </div>
  );
}

function isLike(person: Person, wanted: string): boolean {
  const bare = wanted.replace(/^@/, '');
  return [person.name, person.username ?? ''].some((name) => name.toLocaleLowerCase().includes(bare));
}
