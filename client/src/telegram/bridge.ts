import {
  type EventListener,
  type EventName,
  type MethodName,
  type MethodParams,
  on,
  postEvent,
  setTargetOrigin,
  supports,
} from '@tma.js/bridge';

/** The line to the client of Telegram that shows this page. */
export type Bridge = {
  /** Whether this client knows the method. */
  can: (method: MethodName) => boolean;
  /** Tells Telegram; nothing happens where its client does not know the method. */
  tell: <M extends MethodName>(method: M, params?: MethodParams<M>) => void;
  /** Hears of it until the returned function is called. */
  on: <E extends EventName>(event: E, listener: EventListener<E>) => () => void;
};

/** What is used of a window. */
export type FramedPage = {
  readonly parent: unknown;
  readonly location: { readonly ancestorOrigins?: { readonly [at: number]: string } };
  readonly document: { readonly referrer: string };
  addEventListener: (
    type: 'message',
    listener: (event: Pick<MessageEvent, 'source' | 'origin' | 'stopImmediatePropagation'>) => void,
  ) => void;
};

/**
 * The origin of the page that frames this one; null: none does, or the browser does not tell. That it is Telegram's
 * sees the browser itself to, by the server's `frame-ancestors`.
 */
export function framingOrigin(page: FramedPage): string | null {
  if (page.parent === page) return null;
  const told = page.location.ancestorOrigins?.[0] ?? page.document.referrer;
  return URL.canParse(told) ? new URL(told).origin : null;
}

/** Whether a message may be one of Telegram's: it comes from the page around, and from its origin where that is known. */
export function isFromTelegram(
  { source, origin }: Pick<MessageEvent, 'source' | 'origin'>,
  { parent }: Pick<FramedPage, 'parent'>,
  framing: string | null,
): boolean {
  return source === parent && (framing === null || origin === framing);
}

/**
 * Of `@tma.js/bridge`: 7 KB, where the SDK above it has 18, most of it for what the app does in its own way (state,
 * validation of launch data, which is the server's).
 */
export function openBridge(version: string, page: FramedPage): Bridge {
  const framing = framingOrigin(page);
  if (framing !== null) setTargetOrigin(framing);
  // First of all listeners: what is not Telegram's reaches none of the others.
  page.addEventListener('message', (event) => {
    if (!isFromTelegram(event, page, framing) && event.source === page.parent)
      event.stopImmediatePropagation();
  });
  const known = version as Parameters<typeof supports>[1];
  const can = (method: MethodName) => supports(method, known);
  return {
    can,
    tell(method, ...params) {
      if (!can(method)) return;
      try {
        // The overloads tell methods with and without parameters apart, which is done by our own type already.
        (postEvent as (name: MethodName, params?: unknown) => void)(method, ...params);
      } catch (error) {
        console.debug('Telegram does not listen:', error);
      }
    },
    on: (event, listener) => on(event, listener),
  };
}
