import type { Bridge } from './bridge.ts';
import { insetVariables, NO_INSETS, toInsets } from './insets.ts';

/** Keeps the layout's variables to what Telegram says of its bars and of how much of the page is seen. */
export function followViewport(
  { tell, on }: Bridge,
  page: Pick<Window, 'innerHeight' | 'document' | 'addEventListener'>,
): void {
  let [safe, content] = [NO_INSETS, NO_INSETS];
  let seen: number | null = null;

  function lay(): void {
    const height = seen === null ? null : { seen, page: page.innerHeight };
    const { style } = page.document.documentElement;
    for (const [name, value] of Object.entries(insetVariables(safe, content, height))) {
      if (value === null) style.removeProperty(name);
      else style.setProperty(name, value);
    }
  }

  on('safe_area_changed', (insets) => {
    safe = toInsets(insets);
    lay();
  });
  on('content_safe_area_changed', (insets) => {
    content = toInsets(insets);
    lay();
  });
  on('viewport_changed', ({ height, is_state_stable }) => {
    // While a finger draws the sheet, the page would be laid out at every step.
    if (!is_state_stable) return;
    seen = height;
    lay();
  });
  page.addEventListener('resize', lay);
  tell('web_app_request_safe_area');
  tell('web_app_request_content_safe_area');
  tell('web_app_request_viewport');
}
