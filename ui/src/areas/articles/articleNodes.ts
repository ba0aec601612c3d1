/**
 * An article's HTML made ready for the page. It arrives sanitised; here its pictures get addresses that the window can
 * load, and its links lose theirs: an anchor without `href` cannot lead the window away, whatever key or button is used
 * on it. What it leads to is kept beside it, to be opened outside.
 */

/** Attribute of a link that holds where it leads. */
const ADDRESS = 'data-address';
/** Pictures in articles are named by this and their hash. */
const MEDIA = 'media:';

type Options = {
  /** The address of a picture by its `media:<hash>`; empty when there is none. */
  mediaUrl: (media: string) => string;
  /** What links without a host are relative to; null when nothing is known. */
  base: string | null;
};

export function articleNodes(html: string, { mediaUrl, base }: Options): DocumentFragment {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const image of body.querySelectorAll('img')) placePicture(image, mediaUrl);
  for (const link of body.querySelectorAll('a')) looseLink(link, base);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  return fragment;
}

/** Where the link under an event's target leads, or null. */
export function linkAddress(target: EventTarget | null): string | null {
  return target instanceof Element ? (target.closest(`[${ADDRESS}]`)?.getAttribute(ADDRESS) ?? null) : null;
}

function placePicture(image: HTMLImageElement, mediaUrl: Options['mediaUrl']): void {
  const source = image.getAttribute('src') ?? '';
  const address = source.startsWith(MEDIA) ? mediaUrl(source) : '';
  if (address === '') {
    image.replaceWith(image.alt);
    return;
  }
  image.src = address;
  image.setAttribute('loading', 'lazy');
  image.setAttribute('decoding', 'async');
}

function looseLink(link: HTMLAnchorElement, base: string | null): void {
  const address = outsideAddress(link.getAttribute('href') ?? '', base);
  for (const name of ['href', 'target', 'rel', 'ping', 'download']) link.removeAttribute(name);
  if (address === null) return;
  link.setAttribute(ADDRESS, address);
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
  link.title = address;
}

const OUTSIDE = ['http:', 'https:', 'mailto:'];

function outsideAddress(href: string, base: string | null): string | null {
  if (href === '' || href.startsWith('#')) return null;
  const absolute = URL.canParse(href)
    ? new URL(href)
    : base !== null && URL.canParse(href, base)
      ? new URL(href, base)
      : null;
  return absolute !== null && OUTSIDE.includes(absolute.protocol) ? absolute.href : null;
}
