import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/**
 * The bound of everything live: bare Socket.io. All are in one room; what one sends goes to all, then the sender is
 * answered. Nothing is stored or checked. A process of its own, as the server is.
 */
const http = createServer();
const io = new Server(http, { serveClient: false, transports: ['websocket'], perMessageDeflate: false });

io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('send', (message: unknown, answer: () => void) => {
    io.to('room').emit('message', message);
    answer();
  });
});
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port));
process.once('disconnect', () => process.exit(0));
