#!/usr/bin/env python3
"""articles.py N [SEED] - N made-up reports as lines of JSON, the same for the same seed, for stores of any size.

Sizes of stories, outlets, speakers and words follow Zipf's law: most stories have one report, a few have dozens; a common
word stands in half of the articles, a rare one in a few. Reports of one story share its speakers and sentences, each
worded a little differently. Names and words are made of syllables. Import with: synoptic import --db FILE articles.ndjson
"""
import itertools, json, random, sys

def zipf(r, n, s=1.05):
    weights = list(itertools.accumulate(1 / (i + 1) ** s for i in range(n)))
    return lambda: r.choices(range(n), cum_weights=weights)[0]

def make(n, seed):
    r = random.Random(seed)
    syllables = [a + b for a in 'b d f g h k l m n p r s t v st tr pl'.split() for b in 'a e i o u an el or in'.split()]
    words = sorted({''.join(r.choices(syllables, k=r.choice((1, 2, 2, 3)))) for _ in range(9000)})
    r.shuffle(words)
    verbs = 'opened closed built sold bought raised cut moved kept lost found planned stopped began'.split()
    nouns = 'council minister harbour budget school bridge union company court hospital road water energy tax'.split()
    firsts = 'Anna Boris Clara David Elena Frank Greta Henry Irene Jonas Karin Lukas Maria Nils Olga Peter'.split()
    lasts = sorted({(''.join(r.choices(syllables, k=2)) + r.choice(('er', 'man', 'sen', 'ov', 'i'))).capitalize() for _ in range(4000)})
    r.shuffle(lasts)
    places = [w.capitalize() for w in words[-300:]]
    outlets = [f'{w.capitalize()} {k}' for w, k in zip(words[-500:-380], itertools.cycle(('Post', 'Times', 'Herald', 'Courier', 'Wire')))]
    word, last, outlet, noun = zipf(r, len(words)), zipf(r, len(lasts)), zipf(r, len(outlets)), zipf(r, len(nouns), .6)
    roles = ('finance minister', 'mayor', 'union leader', 'director', 'spokeswoman', 'judge', 'head of the council')

    def phrase(k): return ' '.join(words[word()] for _ in range(k))
    def sentence(place):
        return f'The {nouns[noun()]} of {place} {r.choice(verbs)} the {phrase(r.randint(1, 3))} {nouns[noun()]} for {phrase(r.randint(2, 5))} on {r.choice(("Monday", "Tuesday", "Friday"))}.'
    def statement(who, place):
        name, role = who
        claim = f'{r.choice(("We support", "We oppose", "We will not accept", "We need", "I welcome"))} the {phrase(1)} {nouns[noun()]} in {place}'
        return (f'“{claim},” said {role} {name}.', f'{role.capitalize()} {name} said {claim[0].lower() + claim[1:]}.', f'“{claim},” {name} said on Friday.')

    done, size, story = 0, zipf(r, 60, 1.6), 0
    while done < n:
        story += 1
        place, day = places[r.randrange(len(places))], f'20{r.randint(15, 25)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}'
        people = [(f'{firsts[r.randrange(len(firsts))]} {lasts[last()]}', r.choice(roles)) for _ in range(r.randint(1, 4))]
        matter = [('s', sentence(place)) for _ in range(r.randint(6, 12))] + [('q', statement(p, place)) for p in people for _ in range(r.randint(1, 3))]
        head = f'{place} {nouns[noun()]} {r.choice(verbs)} {phrase(2)}'
        for _ in range(min(size() + 1, n - done)):
            mine = [m for m in matter if r.random() < .8] + [('s', sentence(place)) for _ in range(r.randint(2, 5))]
            r.shuffle(mine)
            text = '\n\n'.join(m[1] if m[0] == 's' else r.choice(m[1]) for m in mine)
            yield {'title': f'{head} {phrase(1)}', 'text': text, 'outlet': outlets[outlet()], 'published': f'{day}T{r.randint(5, 22):02d}:00:00Z',
                   'url': f'http://news.example/{story}/{done}'}
            done += 1

if __name__ == '__main__':
    for article in make(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(json.dumps(article, ensure_ascii=False))
