import { describe, expect, it } from 'vitest';
import { findImportProblems } from './importDirections.ts';

describe('import directions', () => {
  it('accepts arrows that point down', () => {
    const files = new Map([
      ['shared/src/errors.ts', "import { z } from 'zod';\n"],
      ['server/src/features/chats/openChat.ts', "import { codes } from '@ahoy/shared/errors.ts';\n"],
      ['server/src/realtime/rooms.ts', "import { openChat } from '../features/chats/openChat.ts';\n"],
      ['server/src/app.ts', "import { rooms } from './realtime/rooms.ts';\n"],
    ]);
    expect(findImportProblems(files)).toEqual([]);
  });

  it.each([
    ['shared/src/a.ts', '../../server/src/app.ts'],
    ['client/src/net/a.ts', '../../../server/src/app.ts'],
    ['client/src/net/a.ts', 'react'],
    ['client/src/rtc/a.ts', '../features/calls/Call.tsx'],
    ['client/src/features/chats/a.ts', '../../app/routes.tsx'],
    ['client/src/components/a.tsx', '../features/chats/b.ts'],
    ['server/src/database/a.ts', '../features/chats/chat.entity.ts'],
    ['server/src/features/chats/a.ts', '../../realtime/rooms.ts'],
    ['server/src/features/identity/a.ts', '../messages/sendMessage.ts'],
    ['server/src/app.ts', './test/testServer.ts'],
  ])('refuses that %s imports %s', (path, specifier) => {
    expect(findImportProblems(new Map([[path, `import {\n  one,\n} from '${specifier}';\n`]]))).toHaveLength(
      1,
    );
  });

  it('refuses a wrong direction of types and of lazy imports too', () => {
    const files = new Map([
      ['shared/src/a.ts', "import type { App } from '../../server/src/app.ts';\n"],
      ['shared/src/b.ts', "const app = await import('../../server/src/app.ts');\n"],
    ]);
    expect(findImportProblems(files)).toHaveLength(2);
  });

  it('finds a cycle of three files, and none when one of its arrows is only a type', () => {
    const cycle = (keyword: string) =>
      new Map([
        ['shared/src/a.ts', "export { b } from './b.ts';\n"],
        ['shared/src/b.ts', "import { c } from './c.ts';\n"],
        ['shared/src/c.ts', `${keyword} { A } from './a.ts';\n`],
      ]);
    expect(findImportProblems(cycle('import'))).toEqual([
      'cycle: shared/src/a.ts -> shared/src/b.ts -> shared/src/c.ts -> shared/src/a.ts',
    ]);
    expect(findImportProblems(cycle('import type'))).toEqual([]);
  });

  it('reads neither comments nor texts as imports', () => {
    const text =
      "/* import { a } from 'react'; */\n// import 'react';\nexport type Reason = 'gap' | 'react';\n";
    expect(findImportProblems(new Map([['client/src/net/a.ts', text]]))).toEqual([]);
  });

  it('lets a test reach across layers, but not from client to server', () => {
    const files = new Map([
      ['server/src/features/chats/openChat.test.ts', "import { start } from '../../test/testServer.ts';\n"],
      ['client/src/net/session.test.ts', "import { start } from '../../../server/src/app.ts';\n"],
    ]);
    expect(findImportProblems(files)).toEqual([expect.stringContaining('client/src/net/session.test.ts:1')]);
  });
});
