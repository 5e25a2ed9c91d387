import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useApiQueries } from '../../components/ServicesContext.tsx';
import { SkeletonRows } from '../../components/SkeletonRows.tsx';
import { languageOf } from '../../i18n/createI18n.ts';
import { errorText } from '../../i18n/errorText.ts';
import classes from './DocumentPage.module.css';
import { Markdown } from './Markdown.tsx';

export interface DocumentPageProps {
  name: 'terms' | 'privacy';
}

/** The operator's terms or privacy page, or the one that comes with the server. */
export function DocumentPage({ name }: DocumentPageProps) {
  const { t, i18n } = useTranslation();
  const document = useQuery(
    useApiQueries().server.document.queryOptions({ input: { name, locale: languageOf(i18n) } }),
  );
  return (
    <main className={classes.page}>
      <ScreenHeader
        title={name === 'terms' ? t('settings.terms') : t('settings.privacyPage')}
        backTo="/"
        look="sub"
      />
      {document.isPending && <SkeletonRows count={5} shape="icon" />}
      {document.error && (
        <EmptyState
          role="alert"
          text={t('identity.documentFailed')}
          hint={errorText(t, document.error)}
          action={{ label: t('common.retry'), onClick: () => void document.refetch() }}
        />
      )}
      {document.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <article className={classes.text} tabIndex={0}>
          <Markdown text={document.data.markdown} />
        </article>
      )}
    </main>
  );
}
