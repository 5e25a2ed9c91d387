/** How a track is to be sent; what is left out stays as it is. */
export type Encoding = {
  maxKbps?: number;
  /** At least 1; pictures only. */
  scaleDownBy?: number;
  maxFramesPerSecond?: number;
  /** false sends nothing, while the camera and its preview run on. */
  isActive?: boolean;
  priority?: RTCPriorityType;
};

/** A sender that is stopped, not negotiated yet, or whose description changes just now. */
const PASSING_ERRORS = ['InvalidStateError', 'InvalidModificationError', 'OperationError'];

/**
 * Brings a sender to `wanted`, and says whether it is so now; false: not yet, so ask again after the next negotiation
 * or reading. Rejects only for values that no sender takes.
 */
export async function applyEncoding(
  sender: Pick<RTCRtpSender, 'getParameters' | 'setParameters'>,
  wanted: Encoding,
): Promise<boolean> {
  try {
    const parameters = sender.getParameters();
    // Firefox has none before the first negotiation, and takes none that it did not give.
    if (!parameters.encodings?.length) return false;
    const changed = parameters.encodings.map((encoding) => changesOf(encoding, wanted));
    if (changed.every((changes) => Object.keys(changes).length === 0)) return true;
    await sender.setParameters({
      ...parameters,
      encodings: parameters.encodings.map((encoding, index) => ({ ...encoding, ...changed[index] })),
    });
    return true;
  } catch (error) {
    if (error instanceof Error && PASSING_ERRORS.includes(error.name)) return false;
    throw error;
  }
}

function changesOf(encoding: RTCRtpEncodingParameters, wanted: Encoding): Partial<RTCRtpEncodingParameters> {
  const target: Partial<RTCRtpEncodingParameters> = {};
  if (wanted.maxKbps !== undefined) target.maxBitrate = Math.round(wanted.maxKbps * 1000);
  if (wanted.scaleDownBy !== undefined) target.scaleResolutionDownBy = wanted.scaleDownBy;
  if (wanted.maxFramesPerSecond !== undefined) target.maxFramerate = wanted.maxFramesPerSecond;
  if (wanted.isActive !== undefined) target.active = wanted.isActive;
  // A browser that knows priorities shows them; to another they would look like a change each time.
  if (wanted.priority !== undefined && 'priority' in encoding) target.priority = wanted.priority;
  if (wanted.priority !== undefined && 'networkPriority' in encoding) {
    target.networkPriority = wanted.priority;
  }
  const entries = Object.entries(target).filter(([key, value]) => Reflect.get(encoding, key) !== value);
  return Object.fromEntries(entries);
}
