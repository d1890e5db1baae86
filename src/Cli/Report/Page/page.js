'use strict';
// Tokens per page: a few thousand elements are laid out at once without a delay that is felt.
const PAGE = 2500;
const STEPS = [0.05, 0.2, 0.5, 1, 2, 4, 7, 11, 16];
const data = JSON.parse(document.getElementById('data').textContent);
const byId = id => document.getElementById(id);

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function reader(bytes) {
  let at = 0;
  return {
    get more() { return at < bytes.length; },
    get at() { return at; },
    next() {
      let value = 0, unit = 1, byte;
      do {
        byte = bytes[at++];
        value += (byte & 127) * unit;
        unit *= 128;
      } while (byte > 127);
      return value;
    },
    take(length) { at += length; return bytes.subarray(at - length, at); },
  };
}

const names = [];
for (const list = reader(bytesOf(data.names)); list.more;) names.push(list.take(list.next()));
const count = data.tokens;
const tokens = new Uint32Array(count), bits = new Float32Array(count), places = new Uint32Array(count + 1);
const guesses = bytesOf(data.guesses);
{
  const token = reader(bytesOf(data.indexes)), cost = reader(bytesOf(data.bits)), guess = reader(guesses);
  for (let i = 0; i < count; i++) {
    tokens[i] = token.next();
    bits[i] = cost.next() / data.bitUnits;
    places[i] = guess.at;
    for (let n = 2 * guess.next(); n > 0; n--) guess.next();
  }
}

// Where each token is in the content. After a transform this is right at the ends of a region and near between them.
const starts = new Float64Array(count + 1);
const items = [];
{
  let token = 0;
  for (const region of data.regions) {
    items.push({ region, first: token });
    let at = region.start;
    for (let n = region.tokens; n > 0; n--) {
      starts[token] = at;
      at += names[tokens[token++]].length * region.scale;
    }
    starts[token] = at;
  }
}

const number = value => Math.round(value).toLocaleString('en-US');
const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

function heat(value) {
  let step = 0;
  while (step < STEPS.length && value >= STEPS[step]) step++;
  return 'b' + step;
}

const picture = code => code === 127 ? '\u2421' : String.fromCharCode(0x2400 + code);
const controls = text => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, sign => picture(sign.charCodeAt(0)));

/** A token as it is named in the panel: spaces and line ends are seen, bytes that are no character by themselves too. */
function shown(bytes) {
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    for (const byte of bytes) text += '\\x' + byte.toString(16).padStart(2, '0').toUpperCase();
  }
  return controls(text.replaceAll(' ', '\u2423').replaceAll('\n', '\u21b5').replaceAll('\t', '\u21e5')) || '(escape)';
}

let page = 0, current = -1;
const pages = Math.max(1, Math.ceil(count / PAGE));
const text = byId('text');

function block(region) {
  const kind = region.kind === 'bytes' ? 'coded by the byte coder' : 'stored as they are';
  const cost = region.content ? region.bits / region.content : 0;
  return element('span', 'block', `${number(region.content)} bytes ${kind}, ${cost.toFixed(2)} bits each`);
}

function token(index, decoder) {
  const made = element('span', heat(bits[index]));
  made.dataset.index = index;
  // A character of several tokens appears in the last of them.
  const part = controls(decoder.decode(names[tokens[index]], { stream: true })) || '\u00b7';
  part.split('\n').forEach((line, i) => {
    if (i > 0) made.append(element('span', 'break', '\u21b5'), '\n');
    made.append(line);
  });
  return made;
}

function show(which) {
  page = Math.min(Math.max(which, 0), pages - 1);
  const first = page * PAGE, end = Math.min(first + PAGE, count);
  const content = document.createDocumentFragment();
  let decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const item of items) {
    const { region } = item;
    if (region.kind !== 'text') {
      if (item.first >= first && (item.first < end || (item.first === end && page === pages - 1))) content.append(block(region));
      decoder = new TextDecoder('utf-8', { ignoreBOM: true });
      continue;
    }
    for (let i = Math.max(item.first, first); i < Math.min(item.first + region.tokens, end); i++) content.append(token(i, decoder));
  }
  text.replaceChildren(content);
  byId('where').textContent = `tokens ${number(Math.min(first + 1, count))} to ${number(end)} of ${number(count)}`;
  byId('first').disabled = byId('back').disabled = page === 0;
  byId('last').disabled = byId('next').disabled = page === pages - 1;
}

function select(index) {
  if (index < 0 || index >= count) return;
  if (Math.floor(index / PAGE) !== page) show(Math.floor(index / PAGE));
  text.querySelector('.now')?.classList.remove('now');
  const span = text.querySelector(`[data-index="${index}"]`);
  span.classList.add('now');
  current = index;
  const share = Math.pow(2, -bits[index]);
  const left = element('div');
  left.append(
    element('div', 'token', shown(names[tokens[index]])),
    element('div', '', `${bits[index].toFixed(2)} bits, probability ${percent(share)}`),
    element('div', 'soft', `token ${number(index + 1)}, at byte ${number(starts[index])} of the content`));
  const table = element('table');
  table.append(element('caption', 'soft', 'What was predicted'));
  const list = reader(guesses.subarray(places[index]));
  for (let n = list.next(); n > 0; n--) {
    const name = list.next(), part = list.next() / data.shareUnits;
    const row = element('tr', name === tokens[index] ? 'right' : ''), bar = element('td'), box = element('span', 'share');
    const fill = element('i');
    fill.style.width = `${100 * part}%`;
    box.append(fill);
    bar.append(box);
    row.append(element('td', '', shown(names[name])), element('td', '', percent(part)), bar);
    table.append(row);
  }
  byId('detail').firstElementChild.replaceChildren(left, table);
  return span;
}

function percent(share) {
  return share >= 0.9995 ? '> 99.9 %' : share >= 0.0005 ? `${(100 * share).toFixed(1)} %` : '< 0.1 %';
}

const indexOf = target => target.closest?.('[data-index]')?.dataset.index;
// Where the page scrolls under a pointer that rests, the token under it is not meant.
text.addEventListener('mousemove', event => {
  const index = indexOf(event.target);
  if (index !== undefined && Number(index) !== current && (event.movementX || event.movementY)) select(Number(index));
});
text.addEventListener('click', event => {
  const index = indexOf(event.target);
  if (index !== undefined) select(Number(index));
});
text.addEventListener('keydown', event => {
  const step = { ArrowRight: 1, ArrowDown: 20, ArrowLeft: -1, ArrowUp: -20 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const start = current < 0 ? page * PAGE - 1 : current;
  select(Math.min(Math.max(start + step, 0), count - 1))?.scrollIntoView({ block: 'nearest' });
});
byId('first').addEventListener('click', () => show(0));
byId('back').addEventListener('click', () => show(page - 1));
byId('next').addEventListener('click', () => show(page + 1));
byId('last').addEventListener('click', () => show(pages - 1));
byId('costly').addEventListener('click', () => {
  let index = Math.max(current, page * PAGE - 1) + 1;
  while (index < count && bits[index] < STEPS[STEPS.length - 2]) index++;
  select(index < count ? index : -1)?.scrollIntoView({ block: 'center' });
});

// The curve: a position is read under the pointer, and a click goes there.
const curve = byId('curve'), here = curve.querySelector('.here'), reading = byId('reading');
function position(event) {
  const box = curve.getBoundingClientRect(), view = curve.viewBox.baseVal;
  const x = (event.clientX - box.left) / box.width * view.width;
  const part = (x - data.curve.left) / (data.curve.right - data.curve.left);
  return part < 0 || part > 1 ? -1 : part * data.content;
}
curve.addEventListener('mousemove', event => {
  const at = position(event);
  here.style.visibility = at < 0 ? 'hidden' : 'visible';
  if (at < 0) return;
  const x = data.curve.left + at / data.content * (data.curve.right - data.curve.left);
  here.setAttribute('x1', x);
  here.setAttribute('x2', x);
  const value = data.curve.values[Math.min(Math.floor(at / data.curve.width), data.curve.values.length - 1)];
  reading.textContent = `byte ${number(at)}: ${value.toFixed(2)} bits per byte`;
});
curve.addEventListener('click', event => {
  const at = position(event);
  if (at < 0 || count === 0) return;
  let low = 0, high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= at) low = middle; else high = middle - 1;
  }
  select(low)?.scrollIntoView({ block: 'center' });
});

const legend = byId('legend');
['0', ...STEPS].forEach((from, i) => legend.append(element('span', 'b' + i, i < STEPS.length ? `${from}\u2013${STEPS[i]}` : `${from}+`)));
show(0);
