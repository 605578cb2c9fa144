/* A thread's networks behind one key. */
#include "lang/net/slot.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdlib.h>

struct slots {
    struct slot {
        void *net;
        const void *model;
        void (*destroy)(void *net);
    } of[NET_SLOTS];
};

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void empty(struct slot *s)
{
    if (s->net)
        s->destroy(s->net);
    s->net = NULL;
}

static void release(void *of)
{
    struct slots *slots = of;
    for (size_t i = 0; i < NET_SLOTS; i++)
        empty(&slots->of[i]);
    free(slots);
}

static void make_key(void)
{
    if (pthread_key_create(&key, release) != 0)
        out_of_memory();
}

void *net_alloc(size_t n)
{
    void *p = needed(malloc(n));
    return p;
}

void *net_of_thread(enum net_slot slot, const void *model, void *(*create)(const void *model),
                    void (*destroy)(void *net))
{
    pthread_once(&once, make_key);
    struct slots *slots = pthread_getspecific(key);
    if (!slots) {
        slots = net_alloc(sizeof *slots);
        *slots = (struct slots){0};
        if (pthread_setspecific(key, slots) != 0)
            out_of_memory();
    }
    struct slot *s = &slots->of[slot];
    if (!s->net || s->model != model) {
        empty(s);
        *s = (struct slot){create(model), model, destroy};
    }
    return s->net;
}
