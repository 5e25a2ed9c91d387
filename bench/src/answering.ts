import { openCallBrowser } from '../../e2e/src/harness/callBrowser.ts';
import { seedPair } from '../../e2e/src/harness/callScene.ts';
import { openPushBrowser } from '../../e2e/src/harness/openPushBrowser.ts';
import { startPushScene } from '../../e2e/src/harness/pushScene.ts';
import { openAhoyAnswers } from './ahoyAnswers.ts';
import type { AnswerTimes } from './answerSide.ts';
import { openBareAnswers } from './bareAnswers.ts';
import { type Effort, type Figure, toFigure } from './figures.ts';

const ROUNDS = 15;
const QUICK_ROUNDS = 3;
const HOPS = {
  page: 'Answer in a notification to the page that opens',
  asked: '... to its request',
  told: '... to the answer',
  audio: '... to the first audio of the caller',
} as const satisfies Record<keyof AnswerTimes, string>;

/**
 * From the click on Answer to the caller's first sound, with the app closed and its worker stopped; beside a bare page
 * that a bare worker opens in the same browser, and that has nothing to load, to sign in to or to ask.
 */
export async function answering({ runs }: Effort): Promise<Figure[]> {
  const rounds = runs === 1 ? QUICK_ROUNDS : ROUNDS;
  const scene = await startPushScene();
  const { ahoy } = scene;
  try {
    const { anna, boris, chatId } = await seedPair(ahoy);
    const browsers = await openCallBrowser(ahoy.url);
    const browser = await openPushBrowser({ ...scene, url: ahoy.url, person: boris });
    try {
      const app = await openAhoyAnswers({ scene, browsers, browser, caller: anna, chatId });
      const bare = await openBareAnswers({ area: scene.area, browsers, browser });
      const values: AnswerTimes[] = [];
      const bounds: AnswerTimes[] = [];
      for (let round = -1; round < rounds; round += 1) {
        const value = await app.answer();
        const bound = await bare.answer();
        // The first round only warms up.
        if (round < 0) continue;
        values.push(value);
        bounds.push(bound);
      }
      await bare.close();
      return (Object.keys(HOPS) as (keyof AnswerTimes)[]).map((hop) =>
        toFigure(
          ...([HOPS[hop], 'ms'] as const),
          values.map((times) => times[hop]),
          bounds.map((times) => times[hop]),
        ),
      );
    } finally {
      await browser.close();
      await browsers.close();
    }
  } finally {
    await scene.stop();
  }
}
