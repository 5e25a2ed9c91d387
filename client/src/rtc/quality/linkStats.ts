/** What a link to one other device did in the last interval; null: not known (yet). */
export type LinkStats = {
  roundTripMs: number | null;
  /** Of the audio that arrives. */
  jitterMs: number | null;
  /** Of the packets that were to arrive here, 0 to 1. */
  lossShare: number | null;
  /** Of the packets that were sent from here, as the other side reports, 0 to 1. */
  sentLossShare: number | null;
  receivedKbps: number | null;
  sentKbps: number | null;
  /** What the browser thinks it could send. */
  availableKbps: number | null;
  /** Of the picture that arrives. */
  frameWidth: number | null;
  frameHeight: number | null;
  framesPerSecond: number | null;
  /** Why the picture sent from here is not better. */
  limitation: 'none' | 'cpu' | 'bandwidth' | 'other' | null;
  isRelayed: boolean | null;
  protocol: 'udp' | 'tcp' | null;
  /** Whether any media arrived in this interval. */
  hasArrived: boolean;
};
