import { LIMITS } from '@ahoy/shared/protocol/limits.ts';
import { encodeWithin } from './encodeWithin.ts';
import type { Picture } from './openPicture.ts';

/** A square of a picture, in its own pixels. */
export type Area = { x: number; y: number; width: number; height: number };

/** Sharp at every size that the app shows, and small enough for everyone's device. */
const SIDE = 512;

/** Draws that part of the picture as it is kept: a JPEG in base64, without anything else that the file told. */
export function drawPhoto({ image }: Picture, { x, y, width, height }: Area): string {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  context.imageSmoothingQuality = 'high';
  // Under what the picture lets through, which a JPEG cannot.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(image, x, y, width, height, 0, 0, SIDE, SIDE);
  const encode = (quality: number) => canvas.toDataURL('image/jpeg', quality).split(',', 2)[1] ?? '';
  return encodeWithin(encode, LIMITS.photoBytes);
}
