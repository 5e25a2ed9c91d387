import { expect, test } from 'vitest';
import { createBackStack } from './backStack.ts';

test('back closes what lies on top first, then leads to the page above, and is hidden when there is nothing', () => {
  const shown: boolean[] = [];
  const pressed: string[] = [];
  const back = createBackStack((isVisible) => shown.push(isVisible));
  back.press();
  back.setPage(() => pressed.push('page'));
  const closeSheet = back.push(() => pressed.push('sheet'));
  const closeMenu = back.push(() => pressed.push('menu'));
  back.press();
  closeMenu();
  back.setPage(() => pressed.push('other page'));
  back.press();
  closeSheet();
  closeSheet();
  back.press();
  back.setPage(null);
  back.press();
  expect(pressed).toEqual(['menu', 'sheet', 'other page']);
  expect(shown).toEqual([true, false]);
});
