/*
 * The lower bound of a call: two pages of one browser that tell each other everything over a BroadcastChannel, with no
 * server, no screens and no checks. Bundled into one script.
 */

type Signal =
  | { description: RTCSessionDescriptionInit }
  | { candidate: RTCIceCandidateInit }
  | { isOver: true };

const WISH = { audio: true, video: true };

/** Waits, with its devices open as a caller's are, and answers each call; resolves when it listens. */
export async function waitForCalls(): Promise<void> {
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  const channel = new BroadcastChannel('call');
  let peer: RTCPeerConnection | null = null;
  channel.onmessage = async ({ data }: MessageEvent<Signal>) => {
    if ('isOver' in data) {
      peer?.close();
      peer = null;
    } else if ('candidate' in data) {
      await peer?.addIceCandidate(data.candidate);
    } else {
      const own = connect(channel, stream);
      peer = own;
      await own.setRemoteDescription(data.description);
      await own.setLocalDescription();
      tellDescription(channel, own);
    }
  };
}

/** Milliseconds from asking for the own devices to the other's first decoded frame. */
export async function call(): Promise<number> {
  const start = performance.now();
  const seen = nextRemoteFrame();
  const stream = await navigator.mediaDevices.getUserMedia(WISH);
  const channel = new BroadcastChannel('call');
  const peer = connect(channel, stream);
  channel.onmessage = async ({ data }: MessageEvent<Signal>) => {
    if ('candidate' in data) await peer.addIceCandidate(data.candidate);
    if ('description' in data) await peer.setRemoteDescription(data.description);
  };
  await peer.setLocalDescription();
  tellDescription(channel, peer);
  const seenAt = await seen;
  channel.postMessage({ isOver: true } satisfies Signal);
  peer.close();
  channel.close();
  for (const track of stream.getTracks()) track.stop();
  return seenAt - start;
}

function connect(channel: BroadcastChannel, stream: MediaStream): RTCPeerConnection {
  const peer = new RTCPeerConnection();
  for (const track of stream.getTracks()) peer.addTrack(track, stream);
  peer.onicecandidate = ({ candidate }) => {
    if (candidate) channel.postMessage({ candidate: candidate.toJSON() } satisfies Signal);
  };
  return peer;
}

function tellDescription(channel: BroadcastChannel, { localDescription }: RTCPeerConnection): void {
  if (localDescription) channel.postMessage({ description: localDescription.toJSON() } satisfies Signal);
}
