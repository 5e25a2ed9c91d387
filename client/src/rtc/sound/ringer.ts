import { type Loop, MOTIFS, type Tone } from './motifs.ts';
import { renderMotif } from './renderMotif.ts';

/** What is used of an AudioContext. */
export type RingerContext = {
  readonly state: string;
  readonly currentTime: number;
  readonly destination: unknown;
  createBuffer(channels: number, length: number, sampleRate: number): SoundBuffer;
  createBufferSource(): SoundSource;
  createGain(): SoundNode & {
    gain: { setTargetAtTime(value: number, at: number, constantSeconds: number): unknown };
  };
  resume(): Promise<void>;
  suspend(): Promise<void>;
  close(): Promise<void>;
  /** Chromium only. */
  setSinkId?: (id: string) => Promise<void>;
};
type SoundNode = { connect(to: unknown): unknown; disconnect(): void };
type SoundBuffer = { copyToChannel(samples: Float32Array<ArrayBuffer>, channel: number): void };
type SoundSource = SoundNode & {
  buffer: SoundBuffer | null;
  loop: boolean;
  onended: ((event: Event) => void) | null;
  start(): void;
  stop(at?: number): void;
};

export type Ringer = {
  /** A call comes in: rings and vibrates until `stop`. */
  ring: () => void;
  /** It rings at the others. */
  ringBack: () => void;
  /** Once, beside whatever else sounds. */
  say: (tone: Tone) => void;
  stop: () => void;
  /** Call it when the page is touched: what a browser kept silent until then sounds from now on. */
  unlock: () => void;
  /** null: the browser's choice. */
  setSpeaker: (id: string | null) => void;
  close: () => void;
};

export type RingerOptions = {
  createContext: () => RingerContext;
  /** undefined where nothing can vibrate. */
  vibrate: ((pattern: number[]) => boolean) | undefined;
  now: () => number;
  /** Asked when a call comes in: whether it is to be heard; it vibrates all the same. Absent: always. */
  isRingHeard?: () => boolean;
};

/** A tone that a browser holds back for longer says nothing any more. */
const LATEST_TONE_MS = 1_500;
/** Enough for the highest overtone; the browser converts it. */
const SAMPLE_RATE = 24_000;
const FADE_SECONDS = 0.03;
/** In time with the bells, for longer than anything rings; browsers take at most 99 numbers. */
const SHAKE_MS = [180, 60, 260, 450, 180, 60, 260, 1_750];
const SHAKES = 12;

/** Sounds of calls, made here and played without files. Silent, but never in the way, where a browser forbids sound. */
export function createRinger(options: RingerOptions): Ringer {
  const buffers = new Map<Loop | Tone, SoundBuffer>();
  const sounding = new Set<SoundSource>();
  let context: RingerContext | null = null;
  let speakerId: string | null = null;
  let wished: Loop | null = null;
  let looping: { loop: Loop; end: () => void } | null = null;
  let isShaking = false;
  /** Told to rest; its state says so only later. */
  let isResting = false;

  /** null where there is no sound at all. */
  function openContext(): RingerContext | null {
    if (context !== null) return context;
    try {
      context = options.createContext();
    } catch {
      return null;
    }
    applySpeaker();
    return context;
  }

  /** Goes on when sound is allowed, maybe never. */
  function whenRunning(act: (running: RingerContext) => void): void {
    const opened = openContext();
    if (opened === null) return;
    const go = () => {
      if (opened === context && opened.state === 'running' && !isResting) act(opened);
    };
    if (opened.state === 'running' && !isResting) {
      go();
      return;
    }
    isResting = false;
    // Refused until the page is touched: `unlock` asks again.
    opened.resume().then(go, () => undefined);
  }

  function play(running: RingerContext, name: Loop | Tone, isLooped: boolean): () => void {
    const source = running.createBufferSource();
    const fader = running.createGain();
    source.buffer = bufferOf(running, name);
    source.loop = isLooped;
    source.connect(fader);
    fader.connect(running.destination);
    source.onended = () => {
      fader.disconnect();
      sounding.delete(source);
      rest();
    };
    sounding.add(source);
    source.start();
    return () => {
      fader.gain.setTargetAtTime(0, running.currentTime, FADE_SECONDS);
      source.stop(running.currentTime + 5 * FADE_SECONDS);
    };
  }

  function bufferOf(running: RingerContext, name: Loop | Tone): SoundBuffer {
    const known = buffers.get(name);
    if (known !== undefined) return known;
    const samples = renderMotif(MOTIFS[name], SAMPLE_RATE);
    const buffer = running.createBuffer(1, samples.length, SAMPLE_RATE);
    buffer.copyToChannel(samples, 0);
    buffers.set(name, buffer);
    return buffer;
  }

  /** A context that runs costs battery, and a phone shows that the page plays. */
  function rest(): void {
    if (sounding.size > 0 || wished !== null) return;
    isResting = true;
    context?.suspend().catch(() => undefined);
  }

  function startWished(running: RingerContext): void {
    if (wished === null || looping !== null) return;
    if (wished === 'ring' && options.isRingHeard?.() === false) return;
    looping = { loop: wished, end: play(running, wished, true) };
  }

  function wish(loop: Loop): void {
    if (wished === loop) return;
    stop();
    wished = loop;
    if (loop === 'ring') shake();
    whenRunning(startWished);
  }

  function shake(): void {
    const pattern = Array.from({ length: SHAKES }, () => SHAKE_MS).flat();
    isShaking = options.vibrate?.(pattern) ?? false;
  }

  function stop(): void {
    if (isShaking) options.vibrate?.([0]);
    isShaking = false;
    wished = null;
    looping?.end();
    looping = null;
  }

  function applySpeaker(): void {
    // A speaker that is gone leaves the browser's choice.
    context?.setSinkId?.(speakerId ?? '').catch(() => undefined);
  }

  return {
    ring: () => wish('ring'),
    ringBack: () => wish('ringBack'),
    say(tone) {
      const saidAt = options.now();
      whenRunning((running) => {
        if (options.now() - saidAt < LATEST_TONE_MS) play(running, tone, false);
      });
    },
    stop,
    unlock() {
      if (wished === null) return;
      if (wished === 'ring' && !isShaking) shake();
      whenRunning(startWished);
    },
    setSpeaker(id) {
      if (id === speakerId) return;
      speakerId = id;
      applySpeaker();
    },
    close() {
      stop();
      context?.close().catch(() => undefined);
      context = null;
      buffers.clear();
      sounding.clear();
    },
  };
}
