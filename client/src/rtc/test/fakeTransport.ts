import { createStore } from 'zustand/vanilla';
import type { Peer, Transport, TransportState } from '../link/transport.ts';
import { NO_TRACKS } from '../slots.ts';

export type FakeAir = { open: (participantId: string) => Transport };

/** Media that flows at once between devices that know each other. */
export function createFakeAir(): FakeAir {
  const devices = new Map<string, { peers: readonly Peer[]; show: () => void }>();

  const showAll = () => {
    for (const { show } of [...devices.values()]) show();
  };
  const knows = (one: string, other: string) =>
    devices.get(one)?.peers.some(({ participantId }) => participantId === other) ?? false;

  return {
    open(participantId) {
      const store = createStore<TransportState>(() => ({ remotes: [], isPictureHeld: false }));
      const own = { peers: [] as readonly Peer[], show };
      devices.set(participantId, own);

      const isConnected = (peer: Peer) => knows(peer.participantId, participantId);

      function show(): void {
        const remotes = own.peers.map((peer) => ({
          ...{ ...peer, tracks: NO_TRACKS, media: null, isSpeaking: false, volume: 1, quality: null },
          joinedAt: 0,
          ...{
            connection: isConnected(peer) ? ('connected' as const) : ('connecting' as const),
            emoji: null,
          },
        }));
        if (JSON.stringify(remotes) === JSON.stringify(store.getState().remotes)) return;
        store.setState({ remotes });
      }

      return {
        store,
        setPeers(peers) {
          own.peers = peers;
          showAll();
        },
        heard: () => own.peers.filter(isConnected).map((peer) => peer.participantId),
        close() {
          devices.delete(participantId);
          showAll();
        },
        drain: async () => undefined,
        ...{ announce: nothing, hearSignal: nothing, send: nothing, setIce: nothing },
        ...{ recover: nothing, setVolume: nothing, setSeen: nothing, react: nothing },
      };
    },
  };
}

function nothing(): void {
  // Of no consequence here: links are tested in real browsers.
}
