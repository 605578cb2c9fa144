/* UCINET's DL, a full matrix. */
#include "export/network/network.h"

static void write_labels(struct buf *out, const char *title, const struct network_node *nodes,
                         size_t n)
{
    buf_fmt(out, "%s:\n", title);
    for (size_t i = 0; i < n; i++) {
        network_quoted(out, nodes[i].label);
        buf_char(out, '\n');
    }
}

static void write_head(struct buf *out, const struct network *net)
{
    if (net->options.one_mode) {
        buf_fmt(out, "dl n = %zu, format = fullmatrix\n", net->n_rows);
        write_labels(out, "labels", net->rows, net->n_rows);
    } else {
        buf_fmt(out, "dl nr = %zu, nc = %zu, format = fullmatrix\n", net->n_rows, net->n_columns);
        write_labels(out, "row labels", net->rows, net->n_rows);
        write_labels(out, "col labels", net->columns, net->n_columns);
    }
    buf_add(out, S("data:\n"));
}

bool export_dl(struct export_job *job, struct err *err)
{
    struct network net;
    bool ok = network_make(job, &net, err);
    if (ok) {
        struct network_matrix m = network_matrix(&net, &net.arena);
        write_head(job->out, &net);
        for (size_t row = 0; row < net.n_rows; row++) {
            network_matrix_row(&net, &m, row);
            for (size_t i = 0; i < m.n; i++) {
                if (i)
                    buf_char(job->out, ' ');
                network_number(job->out, m.row[i]);
            }
            buf_char(job->out, '\n');
        }
    }
    network_finish(&net);
    return ok;
}
