/** D-Bus messages (D-Bus specification 0.43), little-endian, with what notifications need of them. */
export interface BusMessage {
  readonly type: number;
  readonly serial: number;
  readonly path?: string;
  readonly interfaceName?: string;
  readonly member?: string;
  readonly replySerial?: number;
  readonly destination?: string;
  readonly sender?: string;
  /** Types of the body, as the specification writes them. */
  readonly signature?: string;
  readonly body: readonly unknown[];
}

export const BUS_TYPES = { call: 1, answer: 2, error: 3, signal: 4 } as const;

const LITTLE_ENDIAN = 'l'.charCodeAt(0);
const VERSION = 1;
/** Endian, type, flags, version, length of the body, serial, and the length of the header's fields. */
const FIXED_BYTES = 16;
const FIELDS = [
  { code: 1, name: 'path', type: 'o' },
  { code: 2, name: 'interfaceName', type: 's' },
  { code: 3, name: 'member', type: 's' },
  { code: 5, name: 'replySerial', type: 'u' },
  { code: 6, name: 'destination', type: 's' },
  { code: 7, name: 'sender', type: 's' },
  { code: 8, name: 'signature', type: 'g' },
] as const;
/** Of the basic types: how many bytes, which is also what they are aligned to. */
const SIZES: Readonly<Record<string, number>> = {
  ...{ y: 1, n: 2, q: 2, b: 4, i: 4, u: 4, x: 8, t: 8, d: 8 },
};
const ALIGNMENTS: Readonly<Record<string, number>> = { ...SIZES, s: 4, o: 4, a: 4, '(': 8, '{': 8 };

/** The bytes of a message. */
export function writeMessage(message: BusMessage): Buffer {
  const body = createWriter();
  for (const [index, type] of splitTypes(message.signature ?? '').entries())
    body.write(type, message.body[index]);
  const head = createWriter();
  for (const byte of [LITTLE_ENDIAN, message.type, 0, VERSION]) head.write('y', byte);
  head.write('u', body.length());
  head.write('u', message.serial);
  const fields = FIELDS.flatMap(({ code, name, type }) => {
    const value = message[name];
    return value === undefined ? [] : [[code, { type, value }]];
  });
  head.write('a(yv)', fields);
  head.align(8);
  return Buffer.concat([head.bytes(), body.bytes()]);
}

/** The first message in what has come, and how many bytes it takes; null while it is not whole. */
export function readMessage(bytes: Buffer): { message: BusMessage; length: number } | null {
  if (bytes.length < FIXED_BYTES) return null;
  if (bytes[0] !== LITTLE_ENDIAN) throw new Error('The bus speaks big-endian');
  const bodyAt = FIXED_BYTES + Math.ceil(bytes.readUInt32LE(12) / 8) * 8;
  const length = bodyAt + bytes.readUInt32LE(4);
  if (bytes.length < length) return null;
  const head = createReader(bytes.subarray(12, bodyAt), 12);
  const fields: Record<string, unknown> = {};
  for (const [code, value] of head('a(yv)') as [number, unknown][]) {
    const field = FIELDS.find((one) => one.code === code);
    if (field) fields[field.name] = value;
  }
  const read = createReader(bytes.subarray(bodyAt, length), 0);
  const signature = typeof fields.signature === 'string' ? fields.signature : '';
  const body = splitTypes(signature).map(read);
  return { length, message: { ...fields, type: bytes[1] ?? 0, serial: bytes.readUInt32LE(8), body } };
}

/** `a{sv}i` is an array of pairs and a number: complete types, one after the other. */
function splitTypes(signature: string): string[] {
  const types: string[] = [];
  for (let at = 0; at < signature.length; ) {
    const end = endOfType(signature, at);
    types.push(signature.slice(at, end));
    at = end;
  }
  return types;
}

function endOfType(signature: string, at: number): number {
  const first = signature[at];
  if (first === 'a') return endOfType(signature, at + 1);
  if (first !== '(' && first !== '{') return at + 1;
  let depth = 0;
  for (let end = at; ; end += 1) {
    if ('({'.includes(signature[end] ?? '')) depth += 1;
    if (')}'.includes(signature[end] ?? '') && --depth === 0) return end + 1;
  }
}

/** Reads values one after the other; `origin` is where the bytes begin within what they are aligned in. */
function createReader(bytes: Buffer, origin: number): (type: string) => unknown {
  let at = 0;
  const align = (to: number) => {
    at += (to - ((origin + at) % to)) % to;
  };
  const take = (count: number) => {
    at += count;
    return at - count;
  };
  const text = (length: number) => {
    const start = take(length + 1);
    return bytes.toString('utf8', start, start + length);
  };
  const readBasic: Readonly<Record<string, (at: number) => unknown>> = {
    y: (from) => bytes.readUInt8(from),
    b: (from) => bytes.readUInt32LE(from) !== 0,
    n: (from) => bytes.readInt16LE(from),
    q: (from) => bytes.readUInt16LE(from),
    i: (from) => bytes.readInt32LE(from),
    u: (from) => bytes.readUInt32LE(from),
    x: (from) => bytes.readBigInt64LE(from),
    t: (from) => bytes.readBigUInt64LE(from),
    d: (from) => bytes.readDoubleLE(from),
  };
  const read = (type: string): unknown => {
    const [first = ''] = type;
    align(ALIGNMENTS[first] ?? 1);
    const basic = readBasic[first];
    if (basic) return basic(take(SIZES[first] ?? 1));
    if (first === 's' || first === 'o') return text(bytes.readUInt32LE(take(4)));
    if (first === 'g') return text(bytes.readUInt8(take(1)));
    if (first === 'v') return read(String(read('g')));
    if (first !== 'a') return splitTypes(type.slice(1, -1)).map(read);
    const length = bytes.readUInt32LE(take(4));
    const member = type.slice(1);
    align(ALIGNMENTS[member[0] ?? ''] ?? 1);
    const end = at + length;
    // A picture: its bytes are of no use one by one.
    if (member === 'y') return bytes.subarray(take(length), end);
    const values: unknown[] = [];
    while (at < end) values.push(read(member));
    return values;
  };
  return read;
}

interface Variant {
  readonly type: string;
  readonly value: unknown;
}

/** Writes what an answer or a signal of notifications holds: numbers, texts, arrays, structures and variants. */
function createWriter() {
  let bytes = Buffer.alloc(0);
  const add = (more: Buffer) => {
    bytes = Buffer.concat([bytes, more]);
  };
  const align = (to: number) => add(Buffer.alloc((to - (bytes.length % to)) % to));
  const setLength = (at: number, length: number) => bytes.writeUInt32LE(length, at);
  const writeArray = (member: string, values: unknown[]) => {
    write('u', 0);
    const lengthAt = bytes.length - 4;
    align(ALIGNMENTS[member[0] ?? ''] ?? 1);
    const start = bytes.length;
    for (const value of values) write(member, value);
    setLength(lengthAt, bytes.length - start);
  };
  const write = (type: string, value: unknown): void => {
    const [first = ''] = type;
    align(ALIGNMENTS[first] ?? 1);
    if (first === 'y') add(Buffer.from([Number(value)]));
    else if (first === 'u') {
      add(Buffer.alloc(4));
      setLength(bytes.length - 4, Number(value));
    } else if (first === 's' || first === 'o') {
      const text = Buffer.from(`${value}\0`);
      write('u', text.length - 1);
      add(text);
    } else if (first === 'g') {
      const text = Buffer.from(`${value}\0`);
      add(Buffer.concat([Buffer.from([text.length - 1]), text]));
    } else if (first === 'v') {
      const variant = value as Variant;
      write('g', variant.type);
      write(variant.type, variant.value);
    } else if (first === '(') {
      const values = value as unknown[];
      for (const [index, member] of splitTypes(type.slice(1, -1)).entries()) write(member, values[index]);
    } else if (first === 'a') writeArray(type.slice(1), value as unknown[]);
    else throw new Error(`No value of type ${type} is written here`);
  };
  return { write, align, length: () => bytes.length, bytes: () => bytes };
}
