import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A push service that takes whatever comes. A process of its own, as the real ones are. Key and certificate come first. */
process.once('message', (certificate: { key: string; cert: string }) => {
  const server = createServer({ ...certificate, keepAliveTimeout: 60_000 }, (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(201).end());
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
process.once('disconnect', () => process.exit(0));
