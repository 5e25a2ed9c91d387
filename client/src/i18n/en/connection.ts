export const connection = {
  offline: 'You are offline',
  offlineHint: 'What you write leaves when you’re online.',
  connecting: 'Connecting…',
  connectingHint: 'Everything here is on the device.',
  waitingForNetwork: 'Waiting for network…',
} as const;
