/*
 * The lower bound of a call: two pages of one browser that tell each other everything over a BroadcastChannel, with no
 * server, no screens and no checks. Bundled into one script.
 */

import { cameraConstraints, microphoneConstraints } from '../../client/src/rtc/media/captureDevices.ts';

type Signal =
  | { description: RTCSessionDescriptionInit }
  | { candidate: RTCIceCandidateInit }
  | { isOver: true };

/** As the app asks: a smaller picture would be there sooner. */
const WISH = { audio: microphoneConstraints(null, false), video: cameraConstraints(null, false) };
const CHANNEL = 'call';

/** One page's end: its connection while there is a call. */
type End = { peer: RTCPeerConnection | null; stream: MediaStream; channel: BroadcastChannel };

let waiting: { seen: Promise<number> } | null = null;
let answering: End | null = null;

/** Waits, with its devices open as a caller's are, and takes each call; resolves when it listens. */
export async function waitForCalls(): Promise<void> {
  const end = await open();
  waiting = { seen: nextRemoteFrame() };
  end.channel.onmessage = async ({ data }: MessageEvent<Signal>) => {
    if ('isOver' in data) {
      end.peer?.close();
      end.peer = null;
      waiting = { seen: nextRemoteFrame() };
    } else await hear(end, data);
  };
}

/** When the page that waits saw the other; milliseconds of the epoch. */
export async function seenAt(): Promise<number> {
  return performance.timeOrigin + ((await waiting?.seen) ?? Number.NaN);
}

/** Answers, and so asks for its own devices first; when that began and when the other was seen, as above. */
export async function answer(): Promise<{ tappedAt: number; seenAt: number }> {
  const tappedAt = performance.timeOrigin + performance.now();
  const seen = nextRemoteFrame();
  const end = await open();
  answering = end;
  end.channel.onmessage = ({ data }: MessageEvent<Signal>) => hear(end, data);
  connect(end);
  return { tappedAt, seenAt: performance.timeOrigin + (await seen) };
}

/** Looks for another way. */
export function restart(): void {
  answering?.peer?.restartIce();
}

export function hangUp(): void {
  if (!answering) return;
  tell(answering, { isOver: true });
  answering.peer?.close();
  answering.channel.close();
  for (const track of answering.stream.getTracks()) track.stop();
  answering = null;
}

async function open(): Promise<End> {
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  return { peer: null, stream, channel: new BroadcastChannel(CHANNEL) };
}

async function hear(end: End, signal: Signal): Promise<void> {
  if ('candidate' in signal) await end.peer?.addIceCandidate(signal.candidate);
  if (!('description' in signal)) return;
  const peer = end.peer ?? connect(end);
  await peer.setRemoteDescription(signal.description);
  if (signal.description.type === 'offer') await describe(end, peer);
}

function connect(end: End): RTCPeerConnection {
  const peer = new RTCPeerConnection();
  end.peer = peer;
  peer.onnegotiationneeded = () => {
    // Who takes a call has nothing to offer before.
    if (end === answering) void describe(end, peer);
  };
  peer.onicecandidate = ({ candidate }) => {
    if (candidate) tell(end, { candidate: candidate.toJSON() });
  };
  for (const track of end.stream.getTracks()) peer.addTrack(track, end.stream);
  return peer;
}

async function describe(end: End, peer: RTCPeerConnection): Promise<void> {
  await peer.setLocalDescription();
  if (peer.localDescription) tell(end, { description: peer.localDescription.toJSON() });
}

function tell({ channel }: End, signal: Signal): void {
  channel.postMessage(signal);
}
