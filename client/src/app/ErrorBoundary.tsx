import { Component, type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState.tsx';

interface ErrorBoundaryProps {
  children: ReactNode;
  /** Another value tries again, like the path after navigation. */
  resetKey?: string;
}

interface ErrorBoundaryState {
  error: unknown;
  hasFailed: boolean;
  resetKey: string | undefined;
}

/** Says in words that a screen failed, instead of showing a white page. React itself logs the error. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, hasFailed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error, hasFailed: true };
  }

  static getDerivedStateFromProps(
    props: ErrorBoundaryProps,
    state: ErrorBoundaryState,
  ): Partial<ErrorBoundaryState> | null {
    if (props.resetKey === state.resetKey) return null;
    return { error: null, hasFailed: false, resetKey: props.resetKey };
  }

  override render() {
    return this.state.hasFailed ? <Failed error={this.state.error} /> : this.props.children;
  }
}

function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const isNotLoaded = isMissingChunk(error);
  useEffect(() => {
    if (!isNotLoaded) return;
    const reload = () => location.reload();
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, [isNotLoaded]);
  return (
    <EmptyState
      role="alert"
      text={isNotLoaded ? t('common.screenNotLoaded') : t('common.screenFailed')}
      hint={isNotLoaded ? t('common.screenNotLoadedHint') : t('common.screenFailedHint')}
      action={{ label: t('common.reload'), onClick: () => location.reload() }}
    />
  );
}

/** A chunk that does not arrive: browsers and Vite have no error class for it, only these words. */
function isMissingChunk(error: unknown): boolean {
  return (
    error instanceof Error &&
    /dynamically imported module|importing a module|preload CSS/i.test(error.message)
  );
}
