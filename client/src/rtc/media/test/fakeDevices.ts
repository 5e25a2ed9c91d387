import type { CaptureDevices } from '../captureDevices.ts';
import { FakeTrack } from './fakeTrack.ts';

type Plug = { kind: 'audioinput' | 'videoinput' | 'audiooutput'; deviceId: string; facing?: string };
type Asked = { constraints: MediaStreamConstraints; answer: () => void };

/** A machine with devices in its plugs, whose answers a test can hold back. */
export class FakeDevices implements CaptureDevices {
  plugs: Plug[];
  /** Errors for what is asked for, by kind, as the name of the DOMException. */
  refusals: { audio?: string; video?: string; screen?: string } = {};
  /** Like some phones: a second camera is refused while one is open. */
  hasOneCameraOnly = false;
  isHoldingBack = false;
  readonly held: Asked[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  /** Questions that stood at the same time. */
  mostAtOnce = 0;
  #asking = 0;
  readonly #events = new EventTarget();

  constructor(plugs: Plug[]) {
    this.plugs = plugs;
  }

  async getUserMedia(constraints: MediaStreamConstraints): Promise<{ getTracks: () => FakeTrack[] }> {
    this.asked.push(constraints);
    this.#asking += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#asking);
    await new Promise((resolve) => setImmediate(resolve));
    if (this.isHoldingBack) {
      await new Promise<void>((resolve) => this.held.push({ constraints, answer: resolve }));
    }
    this.#asking -= 1;
    const tracks = [
      ...(constraints.audio ? [this.#open('audio', constraints.audio)] : []),
      ...(constraints.video ? [this.#open('video', constraints.video)] : []),
    ];
    this.tracks.push(...tracks);
    return { getTracks: () => tracks };
  }

  async getDisplayMedia(): Promise<{ getTracks: () => FakeTrack[] }> {
    if (this.isHoldingBack) {
      await new Promise<void>((resolve) => this.held.push({ constraints: {}, answer: resolve }));
    }
    if (this.refusals.screen) throw new DOMException('', this.refusals.screen);
    const tracks = [new FakeTrack('video', {}), new FakeTrack('audio', {})];
    this.tracks.push(...tracks);
    return { getTracks: () => tracks };
  }

  async enumerateDevices(): Promise<Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]> {
    return this.plugs.map(({ kind, deviceId }) => ({ kind, deviceId, label: `the ${deviceId}` }));
  }

  addEventListener(type: string, listener: () => void, options?: { signal: AbortSignal }): void {
    this.#events.addEventListener(type, listener, options);
  }

  /** Pulls a plug: its tracks end. */
  unplug(deviceId: string): void {
    this.plugs = this.plugs.filter((plug) => plug.deviceId !== deviceId);
    for (const track of this.live()) if (track.settings.deviceId === deviceId) track.end();
    this.#events.dispatchEvent(new Event('devicechange'));
  }

  plugIn(plug: Plug): void {
    this.plugs.push(plug);
    this.#events.dispatchEvent(new Event('devicechange'));
  }

  live(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
  }

  #open(kind: 'audio' | 'video', wanted: MediaTrackConstraints | true): FakeTrack {
    const refusal = this.refusals[kind];
    if (refusal) throw new DOMException('', refusal);
    if (kind === 'video' && this.hasOneCameraOnly && this.live().some((track) => track.kind === 'video')) {
      throw new DOMException('', 'NotReadableError');
    }
    const fitting = this.plugs.filter((plug) => plug.kind === `${kind}input`);
    if (fitting.length === 0) throw new DOMException('', 'NotFoundError');
    const { deviceId, facingMode } = wanted === true ? {} : wanted;
    const chosen =
      fitting.find((plug) => plug.deviceId === wish(deviceId)) ??
      fitting.find((plug) => plug.facing !== undefined && plug.facing === wish(facingMode));
    if (chosen === undefined && (isExact(deviceId) || isExact(facingMode))) {
      throw new DOMException('', 'OverconstrainedError');
    }
    const plug = chosen ?? fitting[0];
    return new FakeTrack(kind, { deviceId: plug?.deviceId, facingMode: plug?.facing });
  }
}

function wish(wanted: ConstrainDOMString | undefined): string | undefined {
  if (typeof wanted !== 'object' || Array.isArray(wanted)) return undefined;
  return String(wanted.exact ?? wanted.ideal);
}

function isExact(wanted: ConstrainDOMString | undefined): boolean {
  return typeof wanted === 'object' && 'exact' in wanted;
}
