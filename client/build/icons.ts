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
}

const icons: readonly Icon[] = [
  { file: 'icon-192.png', size: 192, share: 0.84, corner: 12 },
  { file: 'icon-512.png', size: 512, share: 0.84, corner: 12 },
  { file: 'maskable-192.png', size: 192, share: 0.62 },
  { file: 'maskable-512.png', size: 512, share: 0.62 },
  { file: 'apple-touch-180.png', size: 180, share: 0.84 },
  { file: 'monochrome-512.png', size: 512, share: 0.62, isMonochrome: true },
];

writeFileSync(join(folder, 'icon.svg'), svgOf({ file: 'icon.svg', size: 48, share: 0.84, corner: 12 }));
for (const icon of icons) drawPng(icon);

function svgOf({ size, share, corner = 0, isMonochrome = false }: Icon): string {
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
<g transform="translate(24 24) scale(${share}) translate(-25 -24)">
<path clip-path="url(#hoist)" ${hoist} d="${MARK_PATH}"/>
<path clip-path="url(#fly)" ${fly} d="${MARK_PATH}"/>
</g>
</svg>
`;
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
