/* What a coding says of a field, in words, and what of it goes into a decision for everybody. */
import { stanceWord } from '../page/words.js';

/** The fields that are compared, as the server names them. */
export const FIELDS = { statement: 'Is it a statement', speaker: 'Said by', via: 'Carried by', kind: 'Kind',
  issue: 'Issue', stance: 'Stance, on the same issue', channel: 'Channel', said_on: 'Said on',
  words: 'Exactly the same words' };

const spelled = key => (key ? key.replace(/\.\d+$/, '').split('-').map(w => w.charAt(0).toUpperCase() + w.slice(1))
  .join(' ') : 'nobody named');
const words = spans => (spans || []).map(x => x.exact).join(' … ');

const SAYS = {
  speaker: (c, name) => name || spelled(c.speaker), via: c => (c.via ? spelled(c.via) : 'nobody'), kind: c => c.kind,
  issue: c => (c.positions || []).map(p => spelled(p.issue)).join(', ') || 'none',
  stance: c => (c.positions || []).map(p => `${stanceWord(p.stance)} (${spelled(p.issue)})`).join(', ') || 'none',
  channel: c => c.channel || 'not said', said_on: c => c.said_on || 'no date given', words: c => words(c.content),
};

/** A coding {verdict, coding} in a field; '' where nothing is said because it is no statement. */
export function says(one, field) {
  const no = one.verdict === 'rejected';
  if (field === 'statement') return no ? 'no' : 'yes';
  return no ? '' : SAYS[field](one.coding, one.speaker_name);
}

export const textOf = coding => words(coding?.content);

const bare = spans => (spans || []).map(({ start, end }) => ({ start, end }));

/** The decision that makes a coding everybody's: {action, target, value}. */
export function adopted({ statement, article, added }, one) {
  const target = { type: 'statement', id: statement }, c = one.coding;
  if (one.verdict === 'rejected') return { action: 'reject', target };
  const value = { kind: c.kind, speaker: c.speaker, via: c.via, channel: c.channel || '', said_on: c.said_on || '',
    source: bare(c.source), cue: bare(c.cue), content: bare(c.content),
    positions: (c.positions || []).map(p => ({ issue: p.issue, stance: p.stance, condition: p.condition || null })) };
  return added ? { action: 'add', target, value: { ...value, article, number: statement } }
    : { action: 'edit', target, value };
}
