/* The reader's network as it lies in model/reader.bin, and running it. */
#ifndef LANG_NET_READER_MODEL_H
#define LANG_NET_READER_MODEL_H

#include "base/str.h"
#include "lang/kernel/kernel.h"
#include "lang/net/recur.h"
#include "lang/parts.h"

enum reader_label {
    LABEL_NONE,
    LABEL_SOURCE, /* begins a source; the next goes on with it */
    LABEL_SOURCE_IN,
    LABEL_CUE,
    LABEL_CUE_IN,
    LABEL_CONTENT,
    LABEL_CONTENT_IN,
    LABEL_COUNT
};

enum { LINK_FEATURES = 56, READER_AFFIXES = 3, READER_FLAGS = 16, MOST_WINDOW = RECUR_STEPS };

struct reader_model {
    uint32_t n_words, word_dims, affix_rows, affix_dims, shapes, shape_dims;
    uint32_t units[2];         /* of each layer, in one direction */
    const uint64_t *word_hash; /* sorted */
    const uint8_t *words;      /* row 0: unknown; row i + 1: word_hash[i] */
    const uint8_t *affixes, *shape_rows;
    struct kernel_matrix input[2]; /* into all gates of both directions of a layer */
    const float *bias[2];
    const int16_t *flags;         /* [READER_FLAGS][6 units], for the first layer */
    struct kernel_matrix between; /* from the first layer's states to the second's inputs */
    const float *between_bias;
    struct kernel_matrix recur[2][2]; /* layer, direction */
    struct kernel_matrix out;
    const float *out_bias;
    const float *follow, *begin; /* CRF: [from][to], [first] */
    const float *calibration;    /* [6]: reader.c, confidence_of */
    const float *links;          /* [2][LINK_FEATURES]: source of cue, cue of content */
};

/* Reads the model's header and places; false if the file is not what it says. */
bool reader_model_open(struct str file, struct reader_model *model);
/* The embedded model. */
const struct reader_model *reader_model(void);

/* Tokens [first, end) of a window. */
struct window {
    uint32_t first, end;
    bool alone; /* read as if a text began here */
};

/* The input bytes of a word type: its vector, affixes and shape; reader_input_size of them. */
size_t reader_input_size(const struct reader_model *m);
void reader_input(const struct reader_model *m, struct str word, uint8_t *input);
/* The vector of a word, [word_dims], READER_ZERO standing for 0; NULL for a word unknown. */
enum { READER_ZERO = 64 };
const uint8_t *reader_word_vector(const struct reader_model *m, struct str word);
/* The flags of a token: in quotation marks, first of sentence, of paragraph, in first paragraph. */
enum { FLAG_QUOTED = 1, FLAG_SENTENCE = 2, FLAG_PARAGRAPH = 4, FLAG_FIRST = 8 };
unsigned reader_flags(const struct lang_doc *doc, size_t token);

/* Scores of each label for each token, [n_tokens][LABEL_COUNT], the caller's to free. */
float *reader_scores(const struct reader_model *m, const struct kernel *k,
                     const struct lang_doc *doc, const struct window *windows, size_t n);

/* The best sequence of labels of each window, and how sure each label is (its marginal). `bonus`
 * is added to the scores of labels that begin something. */
void reader_decode(const struct reader_model *m, const float *scores, size_t n, float bonus,
                   uint8_t *labels);
/* Forward-backward: probability of each label, [n][LABEL_COUNT]. */
void reader_marginals(const struct reader_model *m, const float *scores, size_t n,
                      float *marginals);

#endif
