import { describe, expect, it } from 'vitest';
import { articleNodes, linkAddress } from './articleNodes';

const options = {
  mediaUrl: (media: string) => (media === 'media:gone' ? '' : `asset://pictures/${media.slice('media:'.length)}`),
  base: 'https://fieldnotes.example/blog/',
};

describe('pictures of an article', () => {
  it('get an address that the window can load', () => {
    const [image] = shown('<figure><img src="media:ab12" alt="A tree" width="1200" height="675"></figure>', 'img');
    expect(image?.getAttribute('src')).toBe('asset://pictures/ab12');
    expect(image?.getAttribute('loading')).toBe('lazy');
    expect(image?.getAttribute('alt')).toBe('A tree');
  });

  it('are their alternative when there is no file, and are never fetched from elsewhere', () => {
    const article = place('<p><img src="media:gone" alt="Lost"> <img src="https://evil.example/p.png" alt="Far"></p>');
    expect(article.querySelectorAll('img')).toHaveLength(0);
    expect(article.textContent).toBe('Lost Far');
  });
});

describe('links of an article', () => {
  it('cannot lead the window away', () => {
    const [link] = shown('<a href="https://example.org/a" target="_blank" rel="noopener">x</a>', 'a');
    expect(link?.getAttributeNames().sort()).toEqual(['data-address', 'role', 'tabindex', 'title']);
  });

  it.each([
    ['https://example.org/a?b=1', 'https://example.org/a?b=1'],
    ['mailto:editor@example.org', 'mailto:editor@example.org'],
    ['/other-article/', 'https://fieldnotes.example/other-article/'],
    ['other-article/', 'https://fieldnotes.example/blog/other-article/'],
  ])('remember that %s leads to %s', (href, address) => {
    const [link] = shown(`<p><a href="${href}"><em>words</em></a></p>`, 'em');
    expect(linkAddress(link ?? null)).toBe(address);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '#part', ''])('are plain text when they lead to %s', (href) => {
    const [link] = shown(`<a href="${href}">words</a>`, 'a');
    expect(linkAddress(link ?? null)).toBeNull();
    expect(link?.getAttribute('role')).toBeNull();
    expect(link?.hasAttribute('href')).toBe(false);
  });

  it('are plain text when they are relative to nothing', () => {
    const fragment = articleNodes('<a href="/x">words</a>', { ...options, base: null });
    expect(linkAddress(fragment.querySelector('a'))).toBeNull();
  });
});

function place(html: string): HTMLElement {
  const article = document.createElement('article');
  article.append(articleNodes(html, options));
  return article;
}

function shown(html: string, selector: string): Element[] {
  return [...place(html).querySelectorAll(selector)];
}
