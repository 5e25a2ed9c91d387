import type { Person } from '@ahoy/shared/protocol/entities.ts';
import { IconSearch } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../components/ServicesContext.tsx';
import { useToast } from '../../components/ToastContext.ts';
import { useDateWords } from '../../components/useDateWords.ts';
import { useNow } from '../../components/useNow.ts';
import { useStoreOf } from '../../components/useStoreOf.ts';
import { errorText } from '../../i18n/errorText.ts';
import { createMatcher } from '../../offline/search/matcher.ts';
import classes from './PeopleBrowser.module.css';
import { PersonRow } from './PersonRow.tsx';
import { presenceWords } from './presenceWords.ts';
import { useContacts, useKnownPeople } from './useKnownPeople.ts';
import { usePersonSearch } from './usePersonSearch.ts';

type Props = {
  onOpened: (chatId: string) => void;
  /** In a sheet the field takes the focus. */
  hasFocusedField?: boolean;
};

/**
 * Everyone one can talk to: those whom the device knows, found without the server, and whoever the server finds by
 * exact name or address.
 */
export function PeopleBrowser({ onOpened, hasFocusedField = false }: Props) {
  const { commands, session, presence, connection } = useServices();
  const { t } = useTranslation();
  const showToast = useToast();
  const words = useDateWords();
  const now = useNow(30_000);
  const fieldId = useId();
  const [text, setText] = useState('');
  const search = usePersonSearch(text);
  const me = useStoreOf(session.store, (state) => state.me?.person ?? null);
  const presences = useStoreOf(presence.store, (state) => state.people);
  const isOffline = useStoreOf(connection, (current) => current.state === 'offline');
  const wanted = text.trim();
  const contacts = useContacts(me?.id ?? '');
  const known = useKnownPeople(me?.id ?? '', wanted);
  const shown = wanted === '' ? contacts : known.map(({ person }) => person);
  const matcher = useMemo(() => createMatcher(wanted), [wanted]);
  const found = search.state === 'found' && search.person.id !== me?.id ? search.person : null;
  // Who is known already stands among the known ones.
  const stranger = found && !shown.some((person) => person.id === found.id) ? found : null;

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
        {said()}
      </div>
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
          <h2 className={classes.heading}>{t(wanted === '' ? 'contacts.yourPeople' : 'contacts.known')}</h2>
          <ul>
            {shown.map((person) => (
              <PersonRow
                key={person.id}
                id={person.id}
                name={person.name}
                ranges={matcher.rangesIn(person.name)}
                isOnline={presences[person.id]?.isOnline ?? false}
                note={(wanted === '' && presenceOf(person)) || handle(person)}
                onOpen={() => open(commands.openDirect(person))}
              />
            ))}
          </ul>
        </>
      )}
      {stranger && (
        <>
          <h2 className={classes.heading}>{t('contacts.found')}</h2>
          <ul>
            <PersonRow
              id={stranger.id}
              name={stranger.name}
              photoId={stranger.photoId}
              isOnline={presences[stranger.id]?.isOnline ?? false}
              note={handle(stranger) ?? stranger.about}
              onOpen={() => open(commands.openDirect(stranger))}
            />
          </ul>
        </>
      )}
      {wanted === '' && contacts.length === 0 && <p className={classes.nobody}>{t('contacts.noPeople')}</p>}
    </div>
  );

  /** How far the search has come, where the rows do not say it. */
  function said() {
    if (wanted === '') return null;
    if (isOffline) return t(shown.length > 0 ? 'contacts.offline' : 'contacts.offlineNobody');
    switch (search.state) {
      case 'idle':
        return shown.length === 0 && t('contacts.findHint');
      case 'finding':
        return t('contacts.finding');
      case 'nobody':
        return shown.length === 0 && t('contacts.nobody');
      case 'found':
        return search.person.id === me?.id && t('contacts.yourself');
      case 'failed':
        return <span className={classes.failed}>{errorText(t, search.error)}</span>;
      case 'offline':
        return null;
      default:
        return search satisfies never;
    }
  }
}
