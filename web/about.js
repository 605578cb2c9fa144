/* Who sits here, keys and colours; how much of what is here a person has looked at; and, as it stands in the
   markup, how well the program reads, what it learnt from, and the licences. */
import { $, html, put } from './lib/html.js';
import { get } from './lib/api.js';
import { measured } from './lib/coding/shares.js';
import { callMe, myName } from './lib/deed/me.js';
import { roleWords } from './lib/deed/seat.js';
import { count, moment, percent, totalOf } from './lib/page/format.js';
import { fail, twins } from './lib/page/frame.js';
import { keysOn, setKeys, useKeys } from './lib/page/keys.js';
import { meter } from './lib/page/words.js';

const view = $('#view');
const STATUSES = { confirmed: 'confirmed', edited: 'corrected', rejected: 'rejected', proposed: 'not looked at' };

const version = async () => (await (await fetch('/version')).json()).version;

/* The newest audit of the whole store, or else of a story. */
async function audit() {
  const { data } = await get('samples', { purpose: 'audit' }), one = data.find(s => !s.story && s.decided)
    || data.find(s => s.decided);
  if (!one) return html`<p class="label">Nobody has audited what is here. <a href="/coding">Draw a sample</a> and judge
    it: then this says how much of what the program read is right, and how sure that is.</p>`;
  return html`${measured(await get(`samples/${one.id}/precision`))}<p class="label">From <a
    href="/coding/${one.id}">${count(one.drawn, 'statement')} drawn by chance</a> out of ${one.population}${one.story
    ? ' of one story' : ''}, ${moment(one.made, true)}; the interval in which the share of all lies in 95 cases of
    100 (Wilson).</p>`;
}

async function load() {
  const names = Object.keys(STATUSES), [which, mine, ...answers] = await Promise.all([version(),
    get('me').catch(() => null), ...names.map(status => get('statements', { status, limit: 1 }))]),
    audited = await audit();
  const n = Object.fromEntries(names.map((k, i) => [k, answers[i].total]));
  const looked = n.confirmed + n.edited + n.rejected;
  const all = looked + n.proposed, share = all ? looked / all : 0, capped = answers.some(a => a.total_more);
  put($('#facts'), html`<span>version <b>${which}</b></span><span><b>${capped ? 'about ' : ''}${percent(share)}</b>
    of what it read here was looked at by a person</span>`);
  put(view, html`<section class="sect"><h2>Settings of this browser</h2><form
    class="settings">${roleWords(mine) || html`<label class="field"><span>You decide as (a name for the journal;
    empty: this window)</span><input class="box" id="me" autocomplete="nickname" maxlength="60" value="${myName()}"
    placeholder="this window"></label>`}<label class="switch"><input type="checkbox"
    role="switch" id="keys-here" ${keysOn() ? html`checked` : ''}>Single keys act on the page</label></form></section>
    <section class="sect"><h2>What people have looked at here</h2><p>${meter(share)}</p><table class="rows"
    aria-label="Statements by what a person said of them"><thead><tr><th scope="col">Statements</th><th scope="col"
    class="r">How many</th></tr></thead><tbody>${names.map((k, i) => html`<tr data-row><th
    scope="row">${k === 'proposed' ? html`<a data-main href="/review">${STATUSES[k]}</a>` : STATUSES[k]}</th><td
    class="r">${totalOf(answers[i])}</td></tr>`)}</tbody></table><p class="label">What was looked at is not a sample
    drawn by chance: review begins where a look is worth most, so these shares do not say how well
    the program reads.</p>
    </section><section class="sect"><h2>How much is right here</h2>${audited}</section>`);
  view.removeAttribute('aria-busy');
}

view.addEventListener('change', e => {
  if (e.target.id === 'me') callMe(e.target.value);
  if (e.target.id === 'keys-here') { setKeys(e.target.checked); useKeys([]); }
});
view.addEventListener('submit', e => e.preventDefault());
twins('statements?status=proposed', null);
useKeys([]);
load().catch(e => fail(view, e));
