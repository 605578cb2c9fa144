/* The network that judges who is for or against whom in a sentence (model/stance.bin): a recurrent
 * layer in both directions over the sentence, and for each two places scores of what the one is
 * towards the other, and back. Trained on DSE (Park, Pan, Joo 2021); model/README.md. */
#ifndef LANG_STANCE_NET_H
#define LANG_STANCE_NET_H

#include "lang/kernel/kernel.h"
#include "lang/stance/stance.h"

/* Flags of a token; a word for or against adds STANCE_WORD times 1 (verb for), 2 (verb against),
 * 3 (another word for) or 4 (another against). */
enum { STANCE_QUOTED = 1, STANCE_NAMED = 2, STANCE_SAID = 4, STANCE_WORD = 8, STANCE_FLAGS = 64 };

/* Buckets of a token's distance from a place (0 within it, to either side 1, 2-3, 4-7 ... 32 and
 * more), and who says it: nobody, the one, the other, somebody else. */
enum { STANCE_DISTANCES = 13, STANCE_SAYERS = 4, STANCE_MOST_WIDTH = 128 };

struct stance_model {
    uint32_t units, width, hidden;
    struct kernel_matrix input; /* word type into [6 units] gates and [width] of a token's vector */
    const float *input_bias;
    const int16_t *flags; /* [STANCE_FLAGS][6 units] */
    struct kernel_matrix recur[2];
    struct kernel_matrix narrow; /* states into [width] of a token's vector */
    const float *narrow_bias;
    const float *from_first, *from_second; /* [STANCE_DISTANCES][width] */
    const float *sayer;                    /* [STANCE_SAYERS][width] */
    const float *attention;                /* [width] */
    const float *hide, *hide_bias;         /* [4 width][hidden], [hidden] */
    const float *out, *out_bias;           /* [hidden][6], [6]: nothing, for, against; and back */
};

/* Reads a model's header and sections; false if the file is not what it says. */
bool stance_model_open(struct str file, struct stance_model *model);
/* The embedded model. */
const struct stance_model *stance_model(void);

/* Probabilities that one entity is for or against another in a sentence. */
struct stance_score {
    int32_t subject, object;
    float support, oppose;
};

/* The flags of a sentence's tokens, [to - from]. */
void lang_stance_flags(const struct judge *j, uint8_t *flags);
/* Scores all pairs of entities of the first STANCE_PLACES places of each sentence, where they stand
 * closest: fills in j->scores and j->n_scores, in the arena of the judges' document. */
enum { STANCE_PLACES = 16 };
void lang_stance_score(const struct stance_model *m, const struct kernel *k, struct judge *judges,
                       size_t n);
/* What the network said of the two in this sentence, or NULL. */
const struct stance_score *lang_stance_score_of(const struct judge *j, int32_t subject,
                                                int32_t object);

#endif
