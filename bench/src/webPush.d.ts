/** What of web-push 3.6 is used here. */
declare module 'web-push' {
  type Response = { statusCode: number };
  const webPush: {
    sendNotification(
      subscription: { endpoint: string; keys: { p256dh: string; auth: string } },
      payload: string,
      options: {
        TTL: number;
        urgency: 'high';
        agent: import('node:https').Agent;
        vapidDetails: { subject: string; publicKey: string; privateKey: string };
      },
    ): Promise<Response>;
    generateVAPIDKeys(): { publicKey: string; privateKey: string };
  };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS.
  export default webPush;
}
