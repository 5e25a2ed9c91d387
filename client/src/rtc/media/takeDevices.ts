import {
  type CameraChoice,
  type CaptureDevices,
  cameraConstraints,
  type MicrophoneChoice,
  microphoneConstraints,
  trackOf,
} from './captureDevices.ts';
import { toMediaProblem } from './mediaProblem.ts';

type Devices = CaptureDevices | undefined;
type Stream = Awaited<ReturnType<CaptureDevices['getUserMedia']>>;

/** A microphone: the chosen one, or any when that is not there. Rejects as `getUserMedia` does. */
export async function takeMicrophone(devices: Devices, choice: MicrophoneChoice): Promise<MediaStreamTrack> {
  const stream = await take(devices, choice !== null, (isStrict) => ({
    audio: microphoneConstraints(choice, isStrict),
  }));
  return only(stream, 'audio');
}

/** A camera, likewise. */
export async function takeCamera(devices: Devices, choice: CameraChoice): Promise<MediaStreamTrack> {
  const stream = await take(devices, choice !== null, (isStrict) => ({
    video: cameraConstraints(choice, isStrict),
  }));
  return only(stream, 'video');
}

/** Both with one question to the person; null when they are not to be had together. */
export async function takeTogether(
  devices: Devices,
  microphone: MicrophoneChoice,
  camera: CameraChoice,
): Promise<Stream | null> {
  try {
    return await take(devices, microphone !== null || camera !== null, (isStrict) => ({
      audio: microphoneConstraints(microphone, isStrict),
      video: cameraConstraints(camera, isStrict),
    }));
  } catch {
    return null;
  }
}

/** Exactly the chosen ones first: as a mere wish, a browser may prefer another camera for its larger picture. */
async function take(
  devices: Devices,
  isChosen: boolean,
  constraints: (isStrict: boolean) => MediaStreamConstraints,
): Promise<Stream> {
  if (devices === undefined) throw new DOMException('no access to devices here', 'NotSupportedError');
  if (!isChosen) return await devices.getUserMedia(constraints(false));
  try {
    return await devices.getUserMedia(constraints(true));
  } catch (error) {
    if (toMediaProblem(error) !== 'missing') throw error;
    return await devices.getUserMedia(constraints(false));
  }
}

function only(stream: Stream, kind: 'audio' | 'video'): MediaStreamTrack {
  const track = trackOf(stream, kind);
  if (track === null) throw new DOMException(`no ${kind} came`, 'NotFoundError');
  return track;
}
