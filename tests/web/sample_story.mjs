/* A made-up story for the page tests: five reports of one council meeting by invented outlets. In
   the texts <n 3>source</n>, <c 3>cue</c> and <q 3>content</q> mark the parts of statement 3, whose
   other facts stand in STATEMENTS. */

export const ACTORS = [
  ['lindqvist', 'Mara Lindqvist', 'person', 'Mayor of Harrow Sound', 'harrow-sound'],
  ['harrow-sound', 'Harrow Sound', 'country', null, null],
  ['port-authority', 'Port Authority', 'organisation', 'runs the ferry harbour', 'harrow-sound'],
  ['okafor', 'Daniel Okafor', 'person', 'harbour master', 'harrow-sound'],
  ['ferry-union', 'Ferry Workers’ Union', 'organisation', 'trade union', 'ferry-crews'],
  ['brandt', 'Elsa Brandt', 'person', 'union secretary', 'ferry-crews'],
  ['northline', 'Northline', 'organisation', 'ferry company', 'northline'],
  ['teale', 'Rupert Teale', 'person', 'chief executive of Northline', 'northline'],
  ['isle-of-vell', 'Isle of Vell', 'country', null, null],
  ['marsh', 'Ines Marsh', 'person', 'First Councillor of Vell', 'isle-of-vell'],
  ['coast-watch', 'Coast Watch', 'organisation', 'environment group', null],
  ['alfa-wire', 'Alfa Wire', 'outlet', null, null],
  ['two-engineers', 'two engineers', 'unnamed', null, null],
].map(([key, name, kind, role, of]) => ({ key, name, kind, role, of }));

export const ISSUES = [
  ['bridge', 'Closing the old harbour bridge', ['bridge', 'close', 'closing'], 'proposal'],
  ['night-ferry', 'A second night ferry to Vell', ['night ferry', 'second ferry'], 'proposal'],
  ['money', 'Public money for the repair', ['money', 'pay', 'fund'], 'proposal'],
  ['strike', 'The strike planned for June', ['strike', 'walk out'], 'fact'],
  ['dredging', 'Dredging the eastern channel', ['dredge', 'dredging', 'channel'], 'judgement'],
].map(([id, title, terms, sort]) => ({ id, title, terms, sort, by: id === 'dredging' ? 'person' : 'engine' }));

export const ARTICLES = [
  { id: 11, outlet: 'Harbour Post', title: 'Bridge to close in May as mayor and ferry crews clash', published: '2026-03-03T07:20:00Z', origin: 1, text:
`<n 1>Mayor Mara Lindqvist</n> <c 1>told</c> the council on Monday night that <q 1>the old harbour bridge “will close on 4 May, and not a day later”</q>. <n 2>She</n> <c 2>added</c>: <q 2>“I will not gamble with the lives of four thousand people a day.”</q>

The decision splits the town. <n 3>Elsa Brandt, secretary of the Ferry Workers’ Union</n>, <c 3>said</c> <q 3>her members would walk out in June unless the city pays for a second night ferry</q>. <q 4>“We are not the spare bridge of this city,”</q> <n 4>she</n> <c 4>said</c>.

<n 5>Rupert Teale, who runs Northline</n>, <c 5>called</c> <q 5>the second ferry “perfectly affordable, if the council pays half”</q>. The harbour master, <n 6>Daniel Okafor</n>, <c 6>warned</c> that <q 6>the span had lost a third of its bearing strength</q>.

The works will cost 38 million, according to <n 7>the Port Authority</n>, which <c 7>said</c> <q 7>the repair could be finished by the end of the year</q>.` },
  { id: 12, outlet: 'Sound Daily', title: 'Council shuts harbour bridge from May', published: '2026-03-03T09:05:00Z', origin: 1, text:
`The bridge over the old harbour is to shut in May. <n 21>Mayor Mara Lindqvist</n> <c 21>told</c> councillors <q 21>the crossing “will close on 4 May”</q>, saying <q 22>she would not gamble with people’s lives</q>.

<n 23>Elsa Brandt of the Ferry Workers’ Union</n> <c 23>threatened</c> <q 23>a walkout in July unless the city funds another night ferry</q>. <n 25>Northline’s head, Rupert Teale</n>, <c 25>described</c> <q 25>the second ferry as “affordable”</q>.

Harbour master <n 26>Daniel Okafor</n> <c 26>said</c> <q 26>the span had lost a quarter of its bearing strength</q>.` },
  { id: 13, outlet: 'The Northern Lantern', title: 'Vell fears being cut off as Harrow Sound closes its bridge', published: '2026-03-02T22:10:00Z', origin: 3, text:
`Islanders learnt on Monday that the bridge may close this spring. <n 31>Ines Marsh, First Councillor of Vell</n>, <c 31>said</c> <q 31>the closure “would cut us off from the hospital, and we oppose it with all our strength”</q>. <n 32>She</n> <c 32>demanded</c> <q 32>a second night ferry from the first day</q>.

<n 33>Two engineers who worked on the survey</n> <c 33>told</c> the Lantern that <q 33>the bridge could safely stay open to light traffic</q>. <n 34>Harbour master Daniel Okafor</n> <c 34>declined</c> <q 34>to comment on the survey</q>.

<n 35>Coast Watch</n> <c 35>said</c> <q 35>dredging the eastern channel for more ferries would be “a disaster for the eelgrass”</q>. The meeting of the two councils was postponed.` },
  { id: 14, outlet: 'Vell Courier', title: 'Union to strike, mayor unmoved', published: '2026-03-04T06:30:00Z', origin: 4, text:
`<n 41>Ferry secretary Elsa Brandt</n> <c 41>repeated</c> on Tuesday that <q 41>crews will strike in June</q>. <q 42>“We are not the spare bridge of this city, and nobody asked us,”</q> <n 42>she</n> <c 42>told</c> Alfa Wire.

<n 43>Northline</n> <c 43>denied</c> <q 43>that it had planned to sell the night boat</q>. <n 44>Its chief executive, Rupert Teale</n>, <c 44>said</c> <q 44>the company would not run a second ferry without public money</q>.

<n 45>Ines Marsh</n> <c 45>welcomed</c> <q 45>the mayor’s offer of talks as “a first step”</q> and <c 46>said</c> <q 46>Vell could accept the closure if the second ferry sails from the first day</q>. The meeting of the two councils was cancelled, <n 47>the Port Authority</n> <c 47>confirmed</c>: <q 47>it will “not be held at a later date”</q>.` },
  { id: 15, outlet: 'Coastline Online', title: 'Mayor: bridge closes, money is there', published: '2026-03-03T18:45:00Z', origin: 5, text:
`<n 51>Mayor Lindqvist</n> <c 51>said</c> <q 51>the bridge will not close on 4 May before the night ferry is running</q>. <n 52>She</n> <c 52>promised</c> that <q 52>the city would pay for the repair “to the last bolt”</q>.

<n 53>The Port Authority</n> <c 53>supported</c> <q 53>dredging the eastern channel</q>. <n 54>Coast Watch</n> <c 54>said</c> <q 54>dredging the channel would be a disaster for the eelgrass</q>.

<n 55>The Ferry Workers’ Union</n> <c 55>welcomed</c> <q 55>public money for the repair, but “not a cent for Northline”</q>.` },
];

/* id: [utterance, speaker, kind, said, variant, confidence, rule, positions (number of issue,
   stance, condition), extra] */
export const STATEMENTS = {
  1: ['a', 'lindqvist', 'mixed', '2026-03-02', 'verbatim', .96, 'quote.cue-before', [[1, 'support']], { fullest: true }],
  21: ['a', 'lindqvist', 'mixed', '2026-03-02', 'cut', .93, 'quote.cue-before', [[1, 'support']]],
  51: ['a', 'lindqvist', 'indirect', '2026-03-03', 'negation', .71, 'said-clause', [[1, 'oppose']]],
  2: ['b', 'lindqvist', 'direct', '2026-03-02', 'verbatim', .98, 'quote.colon', [[1, 'support']], { fullest: true }],
  22: ['b', 'lindqvist', 'indirect', '2026-03-02', 'paraphrase', .82, 'saying-clause', [[1, 'support']]],
  52: ['c', 'lindqvist', 'mixed', '2026-03-03', 'verbatim', .9, 'said-clause', [[3, 'support']], { channel: 'radio' }],
  3: ['d', 'brandt', 'indirect', '2026-03-02', 'paraphrase', .91, 'said-clause', [[4, 'conditional', 'unless the city pays for a second night ferry'], [2, 'support']], { fullest: true }],
  23: ['d', 'brandt', 'indirect', '2026-03-02', 'number-changed', .88, 'said-clause', [[4, 'conditional', 'unless the city funds another night ferry'], [2, 'support']]],
  41: ['d2', 'brandt', 'indirect', '2026-03-03', 'paraphrase', .85, 'said-clause', [[4, 'support']]],
  4: ['e', 'brandt', 'direct', '2026-03-02', 'cut', .97, 'quote.cue-after', []],
  42: ['e', 'brandt', 'direct', '2026-03-02', 'verbatim', .95, 'quote.cue-after', [], { fullest: true, via: 'alfa-wire' }],
  5: ['f', 'teale', 'mixed', '2026-03-02', 'verbatim', .9, 'called-as', [[2, 'conditional', 'if the council pays half']], { fullest: true }],
  25: ['f', 'teale', 'mixed', '2026-03-02', 'cut', .84, 'called-as', [[2, 'support']]],
  44: ['g', 'teale', 'indirect', '2026-03-03', 'paraphrase', .8, 'said-clause', [[2, 'conditional', 'not without public money'], [3, 'support']]],
  6: ['h', 'okafor', 'indirect', '2026-03-02', 'paraphrase', .86, 'said-clause', [[1, 'support']], { fullest: true }],
  26: ['h', 'okafor', 'indirect', '2026-03-02', 'number-changed', .86, 'said-clause', [[1, 'support']]],
  34: ['i', 'okafor', 'indirect', '2026-03-02', 'paraphrase', .79, 'declined-to', [[1, 'declines']]],
  7: ['j', 'port-authority', 'indirect', '2026-03-02', 'paraphrase', .74, 'said-clause', [[3, 'neutral']]],
  31: ['k', 'marsh', 'mixed', '2026-03-02', 'verbatim', .95, 'said-clause', [[1, 'oppose']]],
  32: ['l', 'marsh', 'indirect', '2026-03-02', 'paraphrase', .9, 'said-clause', [[2, 'support']]],
  33: ['m', 'two-engineers', 'indirect', '2026-03-02', 'paraphrase', .7, 'said-clause', [[1, 'oppose']]],
  35: ['n', 'coast-watch', 'mixed', '2026-03-02', 'verbatim', .92, 'said-clause', [[5, 'oppose']], { fullest: true }],
  54: ['n', 'coast-watch', 'indirect', '2026-03-02', 'verbatim', .87, 'said-clause', [[5, 'oppose']]],
  43: ['o', 'northline', 'indirect', '2026-03-03', 'paraphrase', .81, 'denied-that', [[2, 'denies']]],
  45: ['p', 'marsh', 'mixed', '2026-03-03', 'paraphrase', .83, 'called-as', []],
  46: ['q', 'marsh', 'indirect', '2026-03-03', 'paraphrase', .89, 'said-clause', [[1, 'conditional', 'if the second ferry sails from the first day']]],
  47: ['r', 'port-authority', 'mixed', '2026-03-03', 'verbatim', .77, 'quote.colon', []],
  53: ['s', 'port-authority', 'indirect', '2026-03-03', 'paraphrase', .68, 'verb-object', [[5, 'support']]],
  55: ['t', 'ferry-union', 'mixed', '2026-03-03', 'verbatim', .8, 'verb-object', [[3, 'mixed']]],
};

/* id, rule, nature, note, status, [[article, words, occurrence text]] */
export const CONFLICTS = [
  [1, 'negation', 'outlets', 'One sentence with and without “not”', 'proposed', [[11, 'will close on 4 May'], [15, 'will not close on 4 May']]],
  [2, 'event-outcome', 'outlets', 'One meeting, two outcomes that exclude each other', 'proposed', [[13, 'postponed'], [14, 'cancelled']]],
  [3, 'time-bound', 'outlets', 'One announcement, two months', 'confirmed', [[11, 'in June'], [12, 'in July']]],
  [4, 'number', 'outlets', 'One measurement, two shares', 'dismissed', [[11, 'a third'], [12, 'a quarter']]],
];
export const REWRITES = [[11, 12, 0.58]];
