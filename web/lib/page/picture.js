/* A chart of the page as a file by itself: SVG with its colours and letters written into it, its icons
   inside and the page's address below, or PNG made of that. Nothing leaves this machine. */
import { $$ } from '../html.js';

const NS = 'http://www.w3.org/2000/svg', FOOT = 28, SCALE = 2;
const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin',
  'stroke-linecap', 'stroke-opacity', 'opacity', 'color', 'font-family', 'font-size', 'font-weight', 'font-style',
  'text-anchor', 'dominant-baseline', 'paint-order', 'visibility', 'display'];
const put = (element, values) => Object.entries(values).forEach(([k, v]) => element.setAttribute(k, String(v)));

/** The charts that are seen on the page now. */
export const charts = () => $$('svg.chart').filter(s => s.getClientRects().length);

let icons;
const iconSheet = async () => icons ||= new DOMParser()
  .parseFromString(await (await fetch('/icons.svg')).text(), 'image/svg+xml');

function writeStyles(from, to) {
  const style = getComputedStyle(from);
  for (const s of STYLES) to.setAttribute(s, style.getPropertyValue(s)); // the policy allows attributes only
  for (const name of ['class', 'tabindex', 'data-row', 'role']) to.removeAttribute(name);
  [...from.children].forEach((child, i) => writeStyles(child, to.children[i]));
}

/* <use href="/icons.svg#x"> becomes what it stands for. */
async function fillIcons(svg) {
  const uses = [...svg.querySelectorAll('use')];
  if (!uses.length) return;
  const sheet = await iconSheet();
  for (const use of uses) {
    const symbol = sheet.getElementById((use.getAttribute('href') || '').split('#')[1]);
    const inner = document.createElementNS(NS, 'svg');
    if (symbol?.hasAttribute('viewBox')) inner.setAttribute('viewBox', symbol.getAttribute('viewBox'));
    for (const name of ['x', 'y', 'width', 'height', ...STYLES])
      if (use.hasAttribute(name)) inner.setAttribute(name, use.getAttribute(name));
    for (const child of symbol?.children || []) inner.append(document.importNode(child, true));
    use.replaceWith(inner);
  }
}

function addFoot(svg, box, address) {
  const link = document.createElementNS(NS, 'a'), text = document.createElementNS(NS, 'text');
  put(link, { href: address });
  text.textContent = address;
  put(text, { x: 4, y: box[3] + FOOT - 10 });
  put(text, { 'font-family': 'sans-serif', 'font-size': '11px', fill: getComputedStyle(document.body).color });
  link.append(text);
  svg.append(link);
}

function addGround(svg, width, height) {
  const ground = document.createElementNS(NS, 'rect');
  put(ground, { width, height, fill: getComputedStyle(document.body).backgroundColor });
  svg.prepend(ground);
}

/** The chart as the text of an SVG file; address: of the page, which is written below it. */
export async function svgOf(chart, address) {
  const svg = chart.cloneNode(true), box = chart.getAttribute('viewBox').split(' ').map(Number);
  const label = chart.getAttribute('aria-label'), [width, height] = [box[2], box[3] + FOOT];
  writeStyles(chart, svg);
  await fillIcons(svg);
  for (const a of svg.querySelectorAll('a[href]')) put(a, { href: new URL(a.getAttribute('href'), address).href });
  addFoot(svg, box, address);
  addGround(svg, width, height);
  put(svg, { xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}` });
  if (label) svg.prepend(Object.assign(document.createElementNS(NS, 'title'), { textContent: label }));
  return new XMLSerializer().serializeToString(svg);
}

/** The same as a PNG, twice as many points each way. */
export async function pngOf(text) {
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text);
  await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: image.width * SCALE, height: image.height * SCALE });
  const to = canvas.getContext('2d');
  to.scale(SCALE, SCALE);
  to.drawImage(image, 0, 0);
  return new Promise(ok => canvas.toBlob(ok, 'image/png'));
}

/** Hands the chart to the person as a file: kind is svg or png. */
export async function savePicture(chart, kind) {
  const text = await svgOf(chart, location.href);
  const blob = kind === 'png' ? await pngOf(text) : new Blob([text], { type: 'image/svg+xml' });
  const link = document.createElement('a');
  Object.assign(link, { href: URL.createObjectURL(blob), download: `synoptic.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
