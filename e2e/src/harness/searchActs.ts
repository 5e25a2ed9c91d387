import type { Locator } from 'playwright-core';
import type { Device } from './openBrowser.ts';

export function searchField({ page, words }: Device): Locator {
  return page.getByRole('searchbox', { name: words.chats.search });
}

/** Looks for this on the device, from the list of chats. */
export async function searchFor(device: Device, query: string): Promise<void> {
  await searchField(device).fill(query);
}

/** What was found, row by row. */
export function results({ page, words }: Device): Locator {
  return page.getByRole('navigation', { name: words.search.results });
}

/** A found message, chat or person with these words on its row. */
export function result(device: Device, text: string): Locator {
  return results(device).locator('a, button').filter({ hasText: text });
}

/** The marked parts of the row. */
export function marksOf(row: Locator): Promise<string[]> {
  return row.locator('mark').allTextContents();
}
