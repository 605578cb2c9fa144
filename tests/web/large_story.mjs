/* A large made-up story: many outlets report one quarrel in which many people take sides. */
const FIRST = ['Ada', 'Bela', 'Cato', 'Dora', 'Emil', 'Fadi', 'Gwen', 'Hugo', 'Ines', 'Jana'];
const LAST = ['Abend', 'Brokk', 'Cassel', 'Dorn', 'Eldin', 'Farrow', 'Gorse', 'Hollin', 'Ister', 'Jarrow', 'Kettle', 'Lunden', 'Marrow'];
const ISSUES = ['the toll on lorries', 'the new bridge', 'the night ferry', 'the wage pact', 'the harbour tax'];
const PAPERS = ['Gazette', 'Post', 'Herald', 'Bulletin', 'Courier', 'Echo', 'Lamp', 'Star', 'Wire'];
const TOWNS = ['Selby', 'Marrow', 'Osk', 'Brokk', 'Harwick'];

export const person = i => `${FIRST[i % 10]} ${LAST[(i * 7) % 13]}`;
const says = (i, k) => [`“We must introduce ${ISSUES[k]} this year,” said ${person(i)}, a councillor.`,
  `${person(i)}, a councillor, said the town must not introduce ${ISSUES[k]}.`,
  `${person(i)} supports ${ISSUES[k]}.`, `${person(i)} opposes ${ISSUES[k]}, a spokesman said.`][(i + k) % 4];

/** The report of one outlet. */
export function report(n, people) {
  const lines = Array.from({ length: 9 }, (_, i) => says((n * 5 + i * 3) % people, (n + i) % ISSUES.length));
  return { title: 'Council of Selby quarrels over toll, bridge and ferry', outlet: `${TOWNS[n % 5]} ${PAPERS[Math.floor(n / 5) % 9]}`,
    published: `2026-03-${String(3 + (n % 20)).padStart(2, '0')}T08:00:00Z`, url: `https://paper${n}.example/council`,
    text: ['The council of Selby quarrelled on Monday over a toll on lorries, a new bridge, the night ferry, a wage pact and a harbour tax.',
      ...lines, 'The council will vote in April.'].join('\n\n') };
}

/** Imports it and waits until it is compared; the story's number. */
export async function large(base, outlets = 27, people = 30) {
  const api = async path => (await fetch(`${base}/api/v1/${path}`)).json();
  for (let n = 0; n < outlets; n++) {
    const answer = await fetch(`${base}/api/v1/imports`, { method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report(n, people)) });
    if (!answer.ok) throw new Error(await answer.text());
  }
  for (let i = 0; i < 300; i++) {
    await new Promise(r => setTimeout(r, 200));
    const imports = (await api('imports?limit=200')).data;
    const story = (await api('stories?limit=200')).data.find(s => s.articles >= outlets);
    if (story && imports.every(x => x.status === 'done')) return story.id;
  }
  throw new Error('the large story was not compared');
}
