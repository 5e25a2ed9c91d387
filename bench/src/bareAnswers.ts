import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { NotificationArea } from '../../e2e/src/harness/notificationArea.ts';
import type { Browsers } from '../../e2e/src/harness/openBrowser.ts';
import type { PushBrowser } from '../../e2e/src/harness/openPushBrowser.ts';
import type { AnswerSide } from './answerSide.ts';
import { watchFirstAudio } from './firstAudio.ts';

type Parts = {
  area: NotificationArea;
  /** The caller's. */
  browsers: Browsers;
  /** Of the one who is called. */
  browser: PushBrowser;
};

const TITLE = 'Bare call';
const STILL_MS = 1_000;

/** Pages of a few lines: a worker that opens one, which asks for an offer at once and answers it. */
export async function openBareAnswers({ area, browsers, browser }: Parts): Promise<AnswerSide> {
  const post = await startPost();
  await browser.context.grantPermissions(['notifications'], { origin: post.url });
  const setUp = await browser.context.newPage();
  await setUp.goto(`${post.url}/empty`);
  await setUp.evaluate(async () => {
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
  });
  const calling = await browsers.desktop();
  return {
    async answer() {
      await calling.page.goto(`${post.url}/calling`);
      await calling.page.waitForFunction(() => document.title === 'ready');
      await setUp.evaluate(async (title) => {
        const registration = await navigator.serviceWorker.ready;
        await registration.showNotification(title, { tag: 'call' });
      }, TITLE);
      const ring = await area.see(TITLE);
      await setUp.goto('about:blank');
      await calling.page.waitForTimeout(STILL_MS);
      await browser.push.stopWorker();
      const clickedAt = performance.timeOrigin + performance.now();
      const { page } = await browser.openedBy(() => area.click(ring));
      const times = await page.evaluate(async () => {
        const audio = (await globalThis.firstAudio) ?? Number.NaN;
        const [request] = performance
          .getEntriesByType('resource')
          .filter((entry) => entry.name.endsWith('/say/calling'));
        if (!(request instanceof PerformanceResourceTiming)) throw new Error('The page has not answered');
        const { timeOrigin } = performance;
        return {
          ...{ page: timeOrigin, audio },
          asked: timeOrigin + request.startTime,
          told: timeOrigin + request.responseEnd,
        };
      });
      await page.close();
      await setUp.goto(`${post.url}/empty`);
      return {
        page: times.page - clickedAt,
        asked: times.asked - clickedAt,
        told: times.told - clickedAt,
        audio: times.audio - clickedAt,
      };
    },
    async close() {
      await calling.context.close();
      await setUp.close();
      await post.stop();
    },
  };
}

const WORKER = `addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow('/called'));
});`;

/** Both pages; `own` and `other` are their names. Whoever is called speaks first. */
function pageOf(own: string, other: string): string {
  return `<!doctype html><title>${own}</title><audio autoplay></audio><script>(${watchFirstAudio})()</script><script type="module">
let saying = Promise.resolve();
const say = (message) => {
  // One after another: a candidate is of no use before the description.
  saying = saying.then(() => fetch('/say/${other}', { method: 'POST', body: JSON.stringify(message) }));
  return saying;
};
const microphone = navigator.mediaDevices.getUserMedia({ audio: true });
const link = new RTCPeerConnection();
link.onicecandidate = ({ candidate }) => say({ candidate });
link.ontrack = ({ streams }) => { document.querySelector('audio').srcObject = streams[0]; };
const addMicrophone = async () => {
  const stream = await microphone;
  for (const track of stream.getTracks()) link.addTrack(track, stream);
};
const describe = async () => {
  await link.setLocalDescription();
  await say({ description: link.localDescription });
};
const hear = async ({ isReady, description, candidate }) => {
  if (isReady) return describe();
  if (candidate !== undefined) return link.addIceCandidate(candidate ?? undefined);
  await link.setRemoteDescription(description);
  if (description.type === 'offer') { await addMicrophone(); await describe(); }
};
if ('${own}' === 'calling') await addMicrophone();
let turn = Promise.resolve();
const source = new EventSource('/hear/${own}');
source.onmessage = ({ data }) => { turn = turn.then(() => hear(JSON.parse(data))); };
source.onopen = () => {
  if ('${own}' === 'called') say({ isReady: true });
  else document.title = 'ready';
};
</script>`;
}

/** Serves the pages, and carries what one says to the other. */
async function startPost(): Promise<{ url: string; stop: () => Promise<void> }> {
  const hearing = new Map<string, ServerResponse>();
  const server = createServer((request, response) => {
    const [, act = '', who = ''] = (request.url ?? '').split('/');
    if (act === 'hear') {
      hearing.set(who, response);
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    } else if (act === 'say') {
      void text(request).then((said) => {
        hearing.get(who)?.write(`data: ${said}\n\n`);
        response.writeHead(204).end();
      });
    } else if (act === 'worker.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(WORKER);
    } else {
      const html = act === 'empty' ? '<!doctype html>' : pageOf(act, act === 'called' ? 'calling' : 'called');
      response.writeHead(200, { 'content-type': 'text/html' }).end(html);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
