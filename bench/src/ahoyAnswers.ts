import type { ApiPerson } from '../../e2e/src/harness/apiPerson.ts';
import { call, hangUp } from '../../e2e/src/harness/callActs.ts';
import { openDeviceOf } from '../../e2e/src/harness/callScene.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import type { PushBrowser } from '../../e2e/src/harness/openPushBrowser.ts';
import { allowPushes, type PushScene } from '../../e2e/src/harness/pushScene.ts';
import { WORDS } from '../../e2e/src/harness/words.ts';
import type { AnswerSide } from './answerSide.ts';
import { watchFirstAudio } from './firstAudio.ts';

type Parts = {
  scene: PushScene;
  /** The caller's. */
  browsers: Browsers;
  /** Of the one who is called. */
  browser: PushBrowser;
  caller: ApiPerson;
  chatId: string;
};

const STILL_MS = 1_000;

/** The app: closed, its worker stopped, and answered from the notification. */
export async function openAhoyAnswers({
  scene,
  browsers,
  browser,
  caller,
  chatId,
}: Parts): Promise<AnswerSide> {
  const { area, ahoy } = scene;
  await browser.context.addInitScript(watchFirstAudio);
  await allowPushes(browser, `/chats/${chatId}`);
  const calling = await openDeviceOf(ahoy, browsers, { person: caller, path: `/chats/${chatId}` });
  return {
    async answer() {
      await call(calling);
      const ring = await area.see(caller.name, /Incoming voice call$/);
      // The caller's microphone is open by then, and what the push has started is done.
      await calling.page.waitForTimeout(STILL_MS);
      await browser.push.stopWorker();
      const clickedAt = performance.timeOrigin + performance.now();
      const { page } = await browser.openedBy(() => area.press(ring, WORDS.en.push.answer));
      const times = await page.evaluate(async () => {
        const audio = await globalThis.firstAudio;
        const request = performance
          .getEntriesByType('resource')
          .find(({ name }) => /\/api\/calls\/[^/]+\/join$/.test(name));
        if (!(request instanceof PerformanceResourceTiming) || audio === undefined)
          throw new Error('The page has not answered');
        const { timeOrigin } = performance;
        return {
          ...{ page: timeOrigin, audio },
          asked: timeOrigin + request.startTime,
          told: timeOrigin + request.responseEnd,
        };
      });
      await hangUp(calling);
      await calling.page
        .getByRole('button', { name: calling.words.callList.audio, exact: true })
        .click({ trial: true });
      await browser.closeApp();
      return {
        page: times.page - clickedAt,
        asked: times.asked - clickedAt,
        told: times.told - clickedAt,
        audio: times.audio - clickedAt,
      };
    },
    close: () => calling.context.close(),
  };
}
