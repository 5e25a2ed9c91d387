/**
 * Draws the icons from the mark: `node client/build/icons.ts` writes public/icons (SVG, and PNG by Chromium's
 * `--screenshot`). Run it when the mark changes; the results are committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MARK_PATH } from '../src/components/markPath.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = join(import.meta.dirname, '../public/icons');

interface Icon {
  file: string;
  size: number;
  /** Share of the icon's width that the mark's grid of 48 takes. */
  share: number;
  /** Corner radius on the grid of 48; absent: full square; the system cuts it. */
  corner?: number;
  isMonochrome?: boolean;
  /** Lines on the grid of 48, in place of the mark. */
  lines?: string;
}

const BUBBLE_WITH_PLUS =
  'M16 12H32A5 5 0 0 1 37 17V27A5 5 0 0 1 32 32H23L15 37.5V32A4 4 0 0 1 11 28V17A5 5 0 0 1 16 12ZM24 17.5V26.5M19.5 22H28.5';
const HANDSET =
  'M17 11L12 14.5C12 26.5 21.5 36 33.5 36L37 31L30.5 26.5L27 29.5C23.5 28 20 24.5 18.5 21L21.5 17.5Z';

const icons: readonly Icon[] = [
  { file: 'icon-192.png', size: 192, share: 0.84, corner: 12 },
  { file: 'icon-512.png', size: 512, share: 0.84, corner: 12 },
  { file: 'maskable-192.png', size: 192, share: 0.62 },
  { file: 'maskable-512.png', size: 512, share: 0.62 },
  { file: 'apple-touch-180.png', size: 180, share: 0.84 },
  { file: 'monochrome-512.png', size: 512, share: 0.62, isMonochrome: true },
  { file: 'shortcut-chat-96.png', size: 96, share: 0.84, corner: 24, lines: BUBBLE_WITH_PLUS },
  { file: 'shortcut-calls-96.png', size: 96, share: 0.84, corner: 24, lines: HANDSET },
];

writeFileSync(join(folder, 'icon.svg'), svgOf({ file: 'icon.svg', size: 48, share: 0.84, corner: 12 }));
for (const icon of icons) drawPng(icon);

function svgOf({ size, share, corner = 0, isMonochrome = false, lines }: Icon): string {
  const [hoist, fly] = isMonochrome
    ? ['fill="#fff"', 'fill="#fff" fill-opacity=".55"']
    : ['fill="#F6E7CB"', 'fill="#7FD6CA"'];
  const water = isMonochrome ? '' : `<rect width="48" height="48" rx="${corner}" fill="url(#water)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 48 48" role="img">
<title>Ahoy</title>
<defs>
<linearGradient id="water" x2=".3" y2="1"><stop stop-color="#10666D"/><stop offset="1" stop-color="#083C44"/></linearGradient>
<clipPath id="hoist"><path d="M0 0H25V48H0Z"/></clipPath>
<clipPath id="fly"><path d="M25 0H48V48H25Z"/></clipPath>
</defs>
${water}
${lines === undefined ? markOf(share, hoist, fly) : linesOf(share, lines)}
</svg>
`;
}

function markOf(share: number, hoist: string | undefined, fly: string | undefined): string {
  return `<g transform="translate(24 24) scale(${share}) translate(-25 -24)">
<path clip-path="url(#hoist)" ${hoist} d="${MARK_PATH}"/>
<path clip-path="url(#fly)" ${fly} d="${MARK_PATH}"/>
</g>`;
}

function linesOf(share: number, lines: string): string {
  return `<path transform="translate(24 24) scale(${share}) translate(-24 -24)" fill="none" stroke="#F6E7CB" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" d="${lines}"/>`;
}

function drawPng(icon: Icon): void {
  const work = mkdtempSync(join(tmpdir(), 'ahoy-icon-'));
  const page = join(work, 'icon.html');
  writeFileSync(page, `<!doctype html><style>body{margin:0}svg{display:block}</style>${svgOf(icon)}`);
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-device-scale-factor=1',
  ];
  execFileSync(CHROMIUM, [
    ...flags,
    '--default-background-color=00000000',
    `--window-size=${icon.size},${icon.size}`,
    `--screenshot=${join(folder, icon.file)}`,
    pathToFileURL(page).href,
  ]);
  rmSync(work, { recursive: true });
}
