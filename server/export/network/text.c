/* What the writers of networks share: numbers, escapes, days, and the matrix row by row. */
#include "export/network/network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void network_number(struct buf *out, double value)
{
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value == 0 ? 0.0 : value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_add(out, str_of(text));
}

void network_day(struct buf *out, int32_t day)
{
    int year, month, in_month;
    day_civil(day, &year, &month, &in_month);
    buf_fmt(out, "%04d-%02d-%02d", year, month, in_month);
}

void network_quoted(struct buf *out, struct str text)
{
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        buf_char(out, c == '"' || c == '\\' ? '\'' : c < 32 ? ' ' : (char)c);
    }
    buf_char(out, '"');
}

size_t network_nodes(const struct network *net)
{
    return net->n_rows + (net->options.one_mode ? 0 : net->n_columns);
}

const struct network_node *network_node(const struct network *net, size_t i)
{
    return i < net->n_rows ? &net->rows[i] : &net->columns[i - net->n_rows];
}

size_t network_end(const struct network *net, const struct network_edge *edge)
{
    return net->options.one_mode ? edge->to : net->n_rows + edge->to;
}

struct network_matrix network_matrix(const struct network *net, struct arena *a)
{
    size_t n = net->options.one_mode ? net->n_rows : net->n_columns;
    return (struct network_matrix){arena_array(a, n + 1, sizeof(double)), n};
}

/* Where the edge stands, or would. */
static size_t place_of(const struct network *net, size_t from, size_t to)
{
    size_t low = 0, high = net->n_edges;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct network_edge *e = &net->edges[mid];
        if (e->from < from || (e->from == from && e->to < to))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Of a one-mode network the edges hold the half above the diagonal. */
void network_matrix_row(const struct network *net, struct network_matrix *m, size_t row)
{
    memset(m->row, 0, m->n * sizeof *m->row);
    for (size_t i = place_of(net, row, 0); i < net->n_edges && net->edges[i].from == row; i++)
        m->row[net->edges[i].to] = net->edges[i].weight;
    for (size_t b = 0; net->options.one_mode && b < row; b++) {
        size_t i = place_of(net, b, row);
        if (i < net->n_edges && net->edges[i].from == b && net->edges[i].to == row)
            m->row[b] = net->edges[i].weight;
    }
}
