/* The backbone of a network as a table: an issue a row, in the order in which they leave it. */
#include "export/measure/measure.h"

#include <math.h>
#include <string.h>

enum { MOST_NODES = 600 };
static const double MOST_WORK = 4e10, ALIKE = 1e-9;

struct backbone {
    const struct network *net;
    struct arena steps, one;
    bool degrees, *redundant;
    double *full;     /* the full network's eigenvalues */
    uint32_t *column; /* those still in the backbone */
    size_t n;
    struct row_csv csv;
};

/* The network of the columns that `in` lets through. */
static struct network part_of(struct backbone *b, const bool *out, bool wanted)
{
    struct network part = *b->net;
    part.arena = (struct arena){0};
    part.edges = NULL;
    part.n_edges = part.n_cells = 0;
    part.cells = arena_array(&b->one, b->net->n_cells + 1, sizeof *part.cells);
    part.cells_of = arena_array(&b->one, part.n_rows + 1, sizeof *part.cells_of);
    part.rows = arena_array(&b->one, part.n_rows + 1, sizeof *part.rows);
    for (size_t i = 0; i < b->net->n_cells; i++) {
        const struct network_cell *c = &b->net->cells[i];
        if (out[c->column] != wanted)
            continue;
        part.cells[part.n_cells++] = *c;
        part.cells_of[c->row + 1]++;
        part.rows[c->row].ties += c->at[LEVEL_AGAINST] + c->at[LEVEL_FOR] + c->at[LEVEL_UNCLEAR];
    }
    for (size_t i = 0; i < part.n_rows; i++)
        part.cells_of[i + 1] += part.cells_of[i];
    network_weigh(&part);
    return part;
}

static double *spectrum_of(struct backbone *b, const struct network *net)
{
    double *values = arena_array(&b->one, net->n_rows + 1, sizeof *values);
    measure_spectrum(measure_matrix(net, &b->one), net->n_rows, b->degrees, values);
    return values;
}

/* Of the columns of which redundant is `wanted`. */
static double loss_of(struct backbone *b, bool wanted)
{
    struct network part = part_of(b, b->redundant, wanted);
    const double *values = spectrum_of(b, &part);
    double loss = 0;
    for (size_t i = 0; i < part.n_rows; i++)
        loss += fabs(b->full[i] - values[i]);
    arena_finish(&part.arena);
    arena_reset(&b->one);
    return loss;
}

static void number_cell(struct row_csv *csv, double value)
{
    csv->sink.value(&csv->sink, "", &(struct row_value){.type = ROW_NULL});
    network_number(csv->out, value);
}

static void text_cell(struct row_csv *csv, struct str text)
{
    csv->sink.value(&csv->sink, "", &(struct row_value){.type = ROW_TEXT, .text = text});
}

static void write_row(struct backbone *b, size_t step, uint32_t column, double loss)
{
    struct row_csv *csv = &b->csv;
    size_t ties = 0;
    for (size_t c = 0; c < b->net->n_columns; c++)
        ties += b->redundant[c] ? 0 : b->net->columns[c].ties;
    csv->sink.begin(&csv->sink);
    number_cell(csv, (double)step);
    text_cell(csv, b->net->columns[column].key);
    text_cell(csv, b->net->columns[column].label);
    number_cell(csv, loss);
    number_cell(csv, loss_of(b, true));
    number_cell(csv, (double)ties);
    csv->sink.end(&csv->sink);
}

/* What the backbone would lose by each of its columns, and the least of it. */
static double losses(struct backbone *b, double *loss)
{
    double least = INFINITY;
    for (size_t i = 0; i < b->n; i++) {
        b->redundant[b->column[i]] = true;
        loss[i] = loss_of(b, false);
        b->redundant[b->column[i]] = false;
        least = fmin(least, loss[i]);
    }
    return least;
}

static bool take_apart(struct export_job *job, struct backbone *b, struct err *err)
{
    double *loss = arena_array(&b->steps, b->n + 1, sizeof *loss);
    bool ok = true;
    for (size_t step = 0; ok && b->n;) {
        double least = losses(b, loss);
        for (size_t i = b->n; i-- > 0;) {
            if (loss[i] > least + ALIKE)
                continue;
            uint32_t column = b->column[i];
            b->redundant[column] = true;
            b->n--;
            memmove(&b->column[i], &b->column[i + 1], (b->n - i) * sizeof *b->column);
            memmove(&loss[i], &loss[i + 1], (b->n - i) * sizeof *loss);
            write_row(b, ++step, column, least);
        }
        ok = export_flush(job, err);
    }
    return ok;
}

static bool write_backbone(struct export_job *job, const struct network *net, struct err *err)
{
    static const char *const names[] = {"step",           "key",       "name", "backbone_loss",
                                        "redundant_loss", "statements"};
    double n = (double)net->n_rows, c = (double)net->n_columns;
    struct backbone b = {.net = net,
                         .degrees = str_eq(export_get(job, EXPORT_SPECTRUM), S("degrees")),
                         .n = net->n_columns};
    if (c * c * n * n * n > MOST_WORK)
        return fail(err, ERR_TOO_LARGE,
                    "%zu nodes and %zu issues are too many: choose a story, days or nodes",
                    net->n_rows, net->n_columns);
    b.csv = row_csv_make(job->out, job->guard);
    b.csv.sink.columns(&b.csv.sink, names, sizeof names / sizeof *names);
    b.redundant = arena_array(&b.steps, b.n + 1, sizeof *b.redundant);
    b.column = arena_array(&b.steps, b.n + 1, sizeof *b.column);
    for (size_t i = 0; i < b.n; i++)
        b.column[i] = (uint32_t)i;
    b.full = arena_array(&b.steps, net->n_rows + 1, sizeof *b.full);
    measure_spectrum(measure_matrix(net, &b.steps), net->n_rows, b.degrees, b.full);
    bool ok = take_apart(job, &b, err);
    row_csv_finish(&b.csv);
    arena_finish(&b.steps);
    arena_finish(&b.one);
    return ok;
}

bool export_backbone(struct export_job *job, struct err *err)
{
    struct network net;
    struct measure_wish wish = {.most = MOST_NODES};
    bool ok = measure_network(job, &wish, &net, err) && write_backbone(job, &net, err);
    network_finish(&net);
    return ok;
}
