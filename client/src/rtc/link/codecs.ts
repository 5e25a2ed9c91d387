/** Descriptions have to fit into one signal: old and rare codecs stay out. Order is the browser's. */
const WANTED = /^(audio\/opus|video\/(VP8|VP9|H264|rtx))$/i;

/** What a transceiver offers; all that the browser has where it does not let us choose. */
export function preferCodecs(transceiver: RTCRtpTransceiver, kind: 'audio' | 'video'): void {
  const codecs = RTCRtpReceiver.getCapabilities?.(kind)?.codecs.filter(isWanted);
  if (codecs && codecs.length > 0 && 'setCodecPreferences' in transceiver)
    transceiver.setCodecPreferences(codecs);
}

/** Of H.264 only the profile that everyone has (RFC 7742), as single packets or not. */
function isWanted({ mimeType, sdpFmtpLine = '' }: RTCRtpCodec): boolean {
  if (/\/H264$/i.test(mimeType)) return /profile-level-id=42e0/i.test(sdpFmtpLine);
  if (/\/VP9$/i.test(mimeType)) return !/profile-id=[1-9]/.test(sdpFmtpLine);
  return WANTED.test(mimeType);
}

/**
 * An offer as the other side can read it: Firefox leaves feedback lines (RFC 4585) of codecs that it was told not to offer,
 * and Chromium refuses such a description as a whole.
 */
export function dropStrayFeedback(sdp: string): string {
  let offered = new Set<string>();
  const isMeant = (line: string) => {
    const types = /^m=\S+ \S+ \S+ (.*)$/.exec(line)?.[1];
    if (types !== undefined) offered = new Set(types.split(' '));
    const type = /^a=rtcp-fb:(\d+) /.exec(line)?.[1];
    return type === undefined || offered.has(type);
  };
  return sdp.split('\r\n').filter(isMeant).join('\r\n');
}
