/** What of web-push 3.6 is used here. */
declare module 'web-push' {
  type Encoding = 'aes128gcm';
  type RequestDetails = {
    endpoint: string;
    method: 'POST';
    headers: Record<string, string | number>;
    body: Buffer | null;
  };
  const webPush: {
    generateRequestDetails(
      subscription: { endpoint: string; keys: { p256dh: string; auth: string } },
      payload: Buffer,
      options: {
        TTL: number;
        contentEncoding: Encoding;
        urgency: 'high' | 'normal' | 'low' | 'very-low';
        topic?: string;
        headers: Record<string, string>;
        vapidDetails: null;
      },
    ): RequestDetails;
    getVapidHeaders(
      audience: string,
      subject: string,
      publicKey: string,
      privateKey: string,
      contentEncoding: Encoding,
      /** Seconds of the epoch. */
      expiration: number,
    ): { Authorization: string };
  };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS.
  export default webPush;
}
