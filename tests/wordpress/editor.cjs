/**
 * Opens a text in the block editor of a WordPress, as far as that decides whether a block is valid: its own parser, its own
 * blocks and its own comparison of what a block would save with what stands there.
 *
 * Usage: node editor.cjs JSDOM_FOLDER SCRIPTS_FOLDER DEPENDENCIES_JSON < TEXT
 *
 * Prints the names of the blocks in order, inner ones in brackets, invalid ones with an exclamation mark, and on lines of
 * their own what the editor said: that it saves a block otherwise by now, say.
 */

const fs = require('node:fs');
const path = require('node:path');

const [jsdom, scripts, dependencies] = process.argv.slice(2);
const { JSDOM, VirtualConsole } = require(jsdom);
const needs = JSON.parse(dependencies);

/** Scripts that are not WordPress's own, and what they need. */
const FOREIGN = { react: [], 'react-dom': ['react'], 'react-jsx-runtime': ['react'], lodash: [], moment: [] };

/** The scripts of the block library in an order in which each has what it needs. */
function inOrder(name, order = new Map()) {
  if (order.has(name)) return order;
  const isForeign = name in FOREIGN;
  const own = name.replace(/^wp-/, '');
  const needed = isForeign ? FOREIGN[name] : (needs[`${own}.min.js`]?.dependencies ?? null);
  // Polyfills are for browsers older than this one.
  if (needed === null) return order;
  order.set(name, '');
  for (const other of needed) inOrder(other, order);
  // A map keeps the place of the first set: what was needed has to come before.
  order.delete(name);
  order.set(name, path.join(scripts, isForeign ? 'vendor' : '', `${isForeign ? name : own}.min.js`));
  return order;
}

const complaints = [];
const virtualConsole = new VirtualConsole();
for (const kind of ['error', 'warn', 'info', 'log'])
  virtualConsole.on(kind, (...words) => complaints.push(words.map(String).join(' ')));
const { window } = new JSDOM('<!doctype html><body></body>', {
  runScripts: 'outside-only',
  pretendToBeVisual: true,
  url: 'https://editor.example/',
  virtualConsole,
});
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const silent = { matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} };
Object.assign(window, { ResizeObserver: Observer, IntersectionObserver: Observer, matchMedia: () => silent });
window.CSS = { escape: (text) => text, supports: () => false };
for (const file of inOrder('wp-block-library').values()) {
  window.eval(fs.readFileSync(file, 'utf8'));
  window.lodash ??= window._;
}
window.wp.blockLibrary.registerCoreBlocks();
complaints.length = 0;

const text = fs.readFileSync(0, 'utf8');
const blocks = window.wp.blocks.parse(text);
const named = ({ name, isValid, innerBlocks }) => {
  const inner = innerBlocks.length > 0 ? `(${innerBlocks.map(named).join(' ')})` : '';
  return `${name.replace('core/', '')}${isValid ? '' : '!'}${inner}`;
};
process.stdout.write([blocks.map(named).join(' '), ...complaints].join('\n'));
process.exit(0);
