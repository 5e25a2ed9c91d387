import { createId } from '@ahoy/shared/domain/ids.ts';
import type { Api } from '../net/api.ts';
import type { ReadonlyStore } from '../readonlyStore.ts';
import type { CallEngine } from './callEngine.ts';
import type { CallLine } from './callLine.ts';
import { createCallSession } from './callSession.ts';
import type { CallsState } from './callSnapshot.ts';
import { createMeshTransport } from './link/meshTransport.ts';
import { createBrowserMedia } from './media/browserMedia.ts';
import { createRingingIce } from './ringingIce.ts';
import { followCallInBrowser } from './sound/browserEffects.ts';

export type CallEngineOptions = {
  api: Api['calls'];
  line: CallLine;
  me: () => string;
  calls: ReadonlyStore<CallsState>;
  /** What the system shows beside the keys of the call. */
  nameOf: (chatId: string) => Promise<string | null>;
  /** A camera that is switched off is not closed until the call is over. */
  keepsCameraOpen: boolean;
};

/** Ties calls to this browser. Loaded with the first call. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const { api, line, me, calls, nameOf } = options;
  const media = createBrowserMedia({ keepsCameraOpen: options.keepsCameraOpen });
  // For as long as the page lives: tones, wake lock and media keys go by the calls.
  followCallInBrowser(calls, nameOf);
  // Making it takes a moment, which nobody should wait for after the answer.
  const certificate = makeCertificate();
  const ringingIce = createRingingIce({ api, calls, now: () => performance.now() });
  return {
    media,
    begin: (beginning) =>
      createCallSession({
        ...{ api, line, me: me(), media, beginning },
        ringingIce: beginning.kind === 'join' ? ringingIce.of(beginning.call.id) : undefined,
        createTransport: async (parts) =>
          createMeshTransport({
            ...parts,
            createConnection: (configuration) => new RTCPeerConnection(configuration),
            certificate: await certificate,
            createId,
            now: () => performance.now(),
          }),
        background: {
          isHidden: () => document.visibilityState === 'hidden',
          subscribe(listener) {
            document.addEventListener('visibilitychange', listener);
            return () => document.removeEventListener('visibilitychange', listener);
          },
        },
        now: Date.now,
      }),
  };
}

/** null: the browser makes one by itself. */
async function makeCertificate(): Promise<RTCCertificate | null> {
  try {
    return await RTCPeerConnection.generateCertificate({
      name: 'ECDSA',
      namedCurve: 'P-256',
    } as EcKeyGenParams);
  } catch {
    return null;
  }
}
