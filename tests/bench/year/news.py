#!/usr/bin/env python3
"""Made-up news for the bench: seeded, and skewed as news are.

    news.py ARTICLES [--seed N] [--story SIZE]

Prints one JSON object a line (title, text, outlet, published, url), in an order as of a day's wires. Few
stories have hundreds of reports and most one to five; few outlets publish most; some actors speak
everywhere and most once; a word's frequency falls with its rank. The reports of a story tell the same
quotations in other words, at other lengths. --story: all are of one event.
"""
import argparse, bisect, itertools, json, random

FIRST = "Ada Arno Bela Cora Dag Edda Emil Fritjof Greta Hale Ines Jorun Kari Lasse Mira Nils Odd Petra Ruben Signe Tor Una Viggo Wilma Yrsa".split()
A = "Al Ber Cal Dor El Fal Gar Hol Is Jor Kel Lin Mar Nor Ol Pel Quin Ros Sel Tor Ul Ver Wen Yar Zel".split()
B = "ander ber card den erts finn grim hart ingen jord kamp lund mark nes oski quist rud stad thal ung vik wick".split()
C = ["", "", "", "son", "sen", "er", "i", "a"]
ROLES = ["Prime Minister", "Finance Minister", "Mayor", "Governor", "Senator", "Ambassador", "Foreign Minister", "Police Chief"]
BODIES = ["the Harbour Authority", "the Transport Union", "the Ministry of Health", "the Central Bank", "the Water Board", "the Rail Company",
          "the Farmers' League", "the City Council", "the Energy Agency", "the Teachers' Union", "the Air Force", "the Court of Audit"]
THINGS = "bridge tunnel harbour budget strike ferry school hospital border treaty dam railway tax airport election ceasefire tariff quota pipeline forest stadium museum reactor mine canal pension census satellite vaccine drought".split()
DEEDS = ["close the {t}", "open the {t} again", "delay the {t} plan", "pay for the {t}", "sell the {t}", "inspect the {t}", "rebuild the {t}", "vote on the {t}"]
WHY = "costs safety noise money jobs voters winter storms prices doubts delays debts rumours floods crowds visitors engineers lawyers neighbours partners".split()
SAID = ["said", "told reporters", "argued", "warned", "added", "announced", "insisted", "explained"]
PLAIN = ["Traffic stood still for hours on {d}.", "The weather had been calm until {d}.", "Work on the {t} began in {y} and was to take four years.", "Nobody was hurt, the police office wrote.",
         "A first report on the {t} is due in spring.", "Shops near the {t} stayed shut on {d}.", "It was the third such case since {y}.", "The {t} had cost {n} million by then.",
         "About {n} people had gathered there by noon.", "The town of {p} lies forty kilometres to the north.", "Trains from {p} were led by another way.", "The figures for {y} have not been published."]
TAILS = ["because of {w}", "despite {w}", "unless {w} and {w2} get worse", "before {d}", "without new {w}", "as long as {w} last", "after {n} complaints about {w}"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def zipf(n, s):
    """Cumulated weights of ranks 1..n."""
    return list(itertools.accumulate(1 / (r ** s) for r in range(1, n + 1)))


def pick(rng, sums):
    return bisect.bisect_left(sums, rng.random() * sums[-1])


class News:
    def __init__(self, seed, articles):
        self.rng = random.Random(seed)
        people = max(200, articles // 4)
        self.people = zipf(people, 1.05)
        self.outlets = zipf(200, 1.1)
        self.places = [a + b for a in A for b in B]
        self.words = [(a + b + c).lower() for a in A for b in B for c in C[2:]]
        self.ranks = zipf(len(self.words), 1.0)

    def person(self, n):
        rng = random.Random(n * 7919 + 1)
        last = rng.choice(A) + rng.choice(B) + rng.choice(C)
        role = rng.choice(ROLES) if n % 3 == 0 else ""
        return rng.choice(FIRST), last, role

    def fill(self, text, event):
        rng = self.rng
        return text.format(t=rng.choice(event["things"]), w=rng.choice(event["why"]), w2=rng.choice(WHY), d=rng.choice(DAYS), p=event["place"],
                           y=rng.randint(1990, 2024), n=rng.randint(2, 900))

    def event(self, day, size):
        rng = self.rng
        event = {"things": [rng.choice(THINGS) + " of " + rng.choice(self.places)] + rng.sample(THINGS, 2), "why": rng.sample(WHY, 5), "place": rng.choice(self.places), "day": day,
                 "who": [pick(rng, self.people) for _ in range(rng.randint(3, 8))], "bodies": rng.sample(BODIES, 2),
                 "words": [self.words[pick(rng, self.ranks)] for _ in range(12)] + rng.sample(self.words, 6)}
        event["said"] = [(rng.choice(event["who"]), self.fill(rng.choice(DEEDS) + " near the " + rng.choice(self.words) + " " + rng.choice(TAILS), event), rng.random())
                         for _ in range(24 + size // 4)]
        return event

    def sentence(self, event, known, said):
        rng = self.rng
        n, words, mood = said
        first, last, role = self.person(n)
        name = last if n in known else (role + " " if role else "") + first + " " + last
        known.add(n)
        verb, body, gone = rng.choice(SAID), rng.choice(event["bodies"]), rng.choice(event["words"])
        if mood < .35: return f"“We will {words},” {name} {rng.choice(['said', 'added', 'argued'])}."
        if mood < .5: return f"{name} {rng.choice(['said', 'insisted', 'argued'])} that it would be wrong to {words}."
        if mood < .7: return f"{name} {verb} that {body} would {words}."
        if mood < .85: return f"According to {name}, {body} wants to {words}."
        return f"“It is {gone} to {words},” {name} told the {rng.choice(self.places)} Herald."

    def article(self, event):
        rng = self.rng
        known, share = set(), rng.uniform(.3, .8)
        lines = [f"{event['place'].upper()} – " + self.fill("A dispute over the {t} went on in {p} on {d}, with {w} in view.", event)]
        for said in rng.sample(event["said"], 24):
            if rng.random() < share: lines.append(self.sentence(event, known, said))
            if rng.random() < .5: lines.append(self.fill(rng.choice(PLAIN), event))
            if rng.random() < .3: lines.append("People there speak of the " + " and the ".join(rng.sample(event["words"], 3)) + ".")
        title = self.fill(rng.choice(["{p} argues over the {t}", "{t} plan divides {p}", "What {p} makes of the {t}", "{p}: no end to {w}"]), event)
        text = "\n".join(" ".join(lines[i:i + 3]) for i in range(0, len(lines), 3))
        outlet = "Paper %d" % (pick(rng, self.outlets) + 1)
        return {"title": title[0].upper() + title[1:], "text": text, "outlet": outlet, "published": event["day"], "url": "https://paper.example/%d" % rng.getrandbits(48)}

    def size(self):
        """Reports of a story: a power law up to 500."""
        return min(500, int(1 / (1 - self.rng.random()) ** .6))


def main():
    ap = argparse.ArgumentParser(); ap.add_argument("articles", type=int); ap.add_argument("--seed", type=int, default=1); ap.add_argument("--story", action="store_true")
    a = ap.parse_args()
    news, made = News(a.seed, a.articles), 0
    while made < a.articles:
        day = "20%02d-%02d-%02d" % (24 + made * 12 // a.articles // 12, made * 12 // a.articles % 12 + 1, news.rng.randint(1, 28))
        batch = []
        while len(batch) < min(2000, a.articles - made):
            size = a.articles if a.story else news.size()
            event = news.event(day, size)
            batch += [news.article(event) for _ in range(size)]
        news.rng.shuffle(batch)
        for one in batch[:a.articles - made]: print(json.dumps(one, ensure_ascii=False))
        made += len(batch)


if __name__ == "__main__":
    main()
