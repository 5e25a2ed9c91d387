/** Two soft notes, a fifth apart: told from any notification. */
const NOTES_HZ = [523.25, 783.99];
const NOTE_SECONDS = 0.5;
const LOUDNESS = 0.2;

/** Plays a tone at a speaker (null: the browser's choice); resolves when it is over, rejects where it cannot sound. */
export async function playTone(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  const element = new Audio();
  try {
    const gain = context.createGain();
    if (speakerId === null) {
      gain.connect(context.destination);
    } else {
      // Elements take a speaker in every browser that has a choice; contexts do not.
      const stream = context.createMediaStreamDestination();
      gain.connect(stream);
      element.srcObject = stream.stream;
      await element.setSinkId(speakerId);
      await element.play();
    }
    await context.resume();
    await ring(context, gain);
  } finally {
    element.srcObject = null;
    await context.close();
  }
}

function ring(context: AudioContext, gain: GainNode): Promise<void> {
  gain.gain.setValueAtTime(0, context.currentTime);
  const last = NOTES_HZ.map((frequency, index) => {
    const from = context.currentTime + index * NOTE_SECONDS;
    const note = new OscillatorNode(context, { type: 'sine', frequency });
    note.connect(gain);
    note.start(from);
    note.stop(from + NOTE_SECONDS);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.03);
    gain.gain.linearRampToValueAtTime(0, from + NOTE_SECONDS);
    return note;
  }).at(-1);
  return new Promise((resolve) => last?.addEventListener('ended', () => resolve(), { once: true }));
}
