/** Once, where the browser lets this page be heard. What makes it is loaded with the first. */
export async function playMessageSound(): Promise<void> {
  // Before the first touch browsers refuse, and say so in the console.
  if ('userActivation' in navigator && !navigator.userActivation.hasBeenActive) return;
  const { MOTIFS } = await import('../../rtc/sound/motifs.ts');
  const { renderMotif } = await import('../../rtc/sound/renderMotif.ts');
  try {
    const context = new AudioContext();
    const samples = renderMotif(MOTIFS.message, context.sampleRate);
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(context.destination);
    source.onended = () => void context.close();
    source.start();
  } catch (error) {
    console.debug('The message was not heard:', error);
  }
}
