import type { LocalMediaState, MediaProblem } from '../../../rtc/media/localMedia.ts';
import type { Device } from './permissionSteps.ts';

type What = 'Microphone' | 'Camera' | 'Both' | 'Screen';

export type Complaint = {
  title: `callSheets.${MediaProblem}${What}`;
  problem: MediaProblem;
  device: Device;
  what: What;
};

/** How systems and browsers call it in their settings. */
export const WHAT = {
  Microphone: 'callSheets.whatMicrophone',
  Camera: 'callSheets.whatCamera',
  Both: 'callSheets.whatBoth',
  Screen: 'callSheets.whatScreen',
} as const satisfies Record<What, string>;

/** What to tell, once: microphone and camera mostly have the same trouble. */
export function complaintsOf(problems: LocalMediaState['problems']): Complaint[] {
  const { microphone, camera, screen } = problems;
  const found: Complaint[] = [];
  const add = (problem: MediaProblem, device: Device, what: What) =>
    found.push({ title: `callSheets.${problem}${what}`, problem, device, what });
  if (microphone !== null && microphone === camera) add(microphone, 'microphone', 'Both');
  else {
    if (microphone !== null) add(microphone, 'microphone', 'Microphone');
    if (camera !== null) add(camera, 'camera', 'Camera');
  }
  if (screen !== null) add(screen, 'screen', 'Screen');
  return found;
}
