import type { LinkStats } from './linkStats.ts';

/** How good a link is for the people who use it. */
export type LinkQuality = {
  /** 4: good; 0: nothing arrives. */
  bars: 0 | 1 | 2 | 3 | 4;
  /** Whose side suffers. */
  sufferer: 'me' | 'them' | 'both' | null;
  cause: 'loss' | 'delay' | 'bandwidth' | 'computer' | 'silence' | null;
  stats: LinkStats;
};
