export type LevelMeter = {
  /** 0 (silent) to 1 (loud). */
  read: () => number;
  close: () => void;
};

/** Below this a room is quiet; above `LOUDEST_DB` a voice is close to the microphone. */
const QUIETEST_DB = -60;
const LOUDEST_DB = -12;

/** How loud samples of -1 to 1 are, as a share between a quiet room and a loud voice. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(samples.length, 1));
  return Math.min(1, Math.max(0, (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)));
}

/** Listens to an own microphone. What others say never goes this way: it would defeat echo cancellation. */
export function openLevelMeter(track: MediaStreamTrack): LevelMeter {
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read() {
      if (context.state === 'suspended') void context.resume();
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close() {
      source.disconnect();
      void context.close();
    },
  };
}
