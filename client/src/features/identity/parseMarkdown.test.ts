import { describe, expect, it } from 'vitest';
import { parseMarkdown } from './parseMarkdown.ts';

describe('the Markdown of documents', () => {
  it('tells headings, paragraphs and lists apart and joins wrapped lines', () => {
    const blocks = parseMarkdown('# Terms\n\nOne\ntwo.\n\n- a\n- b\n\n## More');
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'heading']);
    expect(blocks[1]).toMatchObject({ content: [{ kind: 'text', text: 'One two.' }] });
    expect(blocks[2]).toMatchObject({ items: [{}, {}] });
  });

  it('joins an indented line with the item that it goes on with', () => {
    const [list, ...rest] = parseMarkdown('- one\n  and more\n- two');
    expect(list).toMatchObject({ items: [{ content: [{ text: 'one and more' }] }, {}] });
    expect(rest).toEqual([]);
  });

  it('knows bold, code and links', () => {
    const [block] = parseMarkdown('Ask **us** by `mail` at [this page](https://a.example/b).');
    expect(block).toMatchObject({
      content: [
        { kind: 'text', text: 'Ask ' },
        { kind: 'bold', text: 'us' },
        { kind: 'text', text: ' by ' },
        { kind: 'code', text: 'mail' },
        { kind: 'text', text: ' at ' },
        { kind: 'link', text: 'this page', href: 'https://a.example/b' },
        { kind: 'text', text: '.' },
      ],
    });
  });

  it('leaves links that run scripts, and HTML, as text', () => {
    const text = '[x](javascript:alert(1)) <script>alert(1)</script>';
    expect(parseMarkdown(text)).toEqual([
      { kind: 'paragraph', line: 0, content: [{ kind: 'text', at: 0, text }] },
    ]);
  });
});
