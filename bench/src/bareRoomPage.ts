/*
 * The lower bound of a call of several: pages of one browser, each with a connection to each other, which tell each other
 * everything over a BroadcastChannel, with no server, no screens and no checks. Bundled into one script.
 */

type Signal = { from: number; to: number | null } & (
  | { isHere: true }
  | { isGone: true }
  | { description: RTCSessionDescriptionInit }
  | { candidate: RTCIceCandidateInit }
);
type Content = Signal extends infer S ? (S extends unknown ? Omit<S, 'from' | 'to'> : never) : never;

/** This page's end while it is in the call. */
type End = {
  id: number;
  stream: MediaStream;
  channel: BroadcastChannel;
  peers: Map<number, RTCPeerConnection>;
};

const CHANNEL = 'room';
const WISH = { audio: true, video: true };
let end: End | null = null;

/** Comes into the call with its own devices, and tells all; resolves with when that began, in milliseconds of the epoch. */
export async function join(id: number): Promise<number> {
  const beganAt = performance.timeOrigin + performance.now();
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  const own: End = { id, stream, channel: new BroadcastChannel(CHANNEL), peers: new Map() };
  end = own;
  own.channel.onmessage = ({ data }: MessageEvent<Signal>) => {
    if (data.to === null || data.to === own.id) void hear(own, data);
  };
  tell(own, null, { isHere: true });
  return beganAt;
}

export function leave(): void {
  if (!end) return;
  tell(end, null, { isGone: true });
  for (const other of [...end.peers.keys()]) forget(end, other);
  end.channel.close();
  for (const track of end.stream.getTracks()) track.stop();
  end = null;
}

async function hear(own: End, signal: Signal): Promise<void> {
  const { from } = signal;
  if ('isGone' in signal) return forget(own, from);
  if ('isHere' in signal) {
    if (own.peers.has(from)) return;
    // One of two who come at once calls the other.
    if (own.id > from) await describe(own, from, connect(own, from));
    else if (signal.to === null) tell(own, from, { isHere: true });
    return;
  }
  const peer = own.peers.get(from) ?? connect(own, from);
  if ('candidate' in signal) return peer.addIceCandidate(signal.candidate);
  await peer.setRemoteDescription(signal.description);
  if (signal.description.type === 'offer') await describe(own, from, peer);
}

function connect(own: End, other: number): RTCPeerConnection {
  const peer = new RTCPeerConnection();
  own.peers.set(other, peer);
  peer.onicecandidate = ({ candidate }) => {
    if (candidate) tell(own, other, { candidate: candidate.toJSON() });
  };
  peer.ontrack = ({ track, streams }) => {
    if (track.kind === 'video') show(other, streams[0] ?? null);
  };
  for (const track of own.stream.getTracks()) peer.addTrack(track, own.stream);
  return peer;
}

/** As large as a picture of the app's grid. */
function show(other: number, stream: MediaStream | null): void {
  const name = `of${other}`;
  const video = document.getElementById(name) ?? document.body.appendChild(document.createElement('video'));
  video.id = name;
  if (!(video instanceof HTMLVideoElement)) return;
  video.style.width = '48vw';
  video.srcObject = stream;
  void video.play();
}

function forget(own: End, other: number): void {
  own.peers.get(other)?.close();
  own.peers.delete(other);
  document.getElementById(`of${other}`)?.remove();
}

async function describe(own: End, other: number, peer: RTCPeerConnection): Promise<void> {
  await peer.setLocalDescription();
  if (peer.localDescription) tell(own, other, { description: peer.localDescription.toJSON() });
}

function tell({ id, channel }: End, to: number | null, content: Content): void {
  channel.postMessage({ from: id, to, ...content });
}
