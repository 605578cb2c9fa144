/* A network as a matrix (CSV): the first line and the first column hold labels. */
#include "export/network/network.h"

static void write_head(struct row_csv *csv, const struct network *net)
{
    size_t n = net->options.one_mode ? net->n_rows : net->n_columns;
    struct row_sink *sink = &csv->sink;
    sink->begin(sink);
    sink->value(sink, "", &(struct row_value){.type = ROW_NULL});
    for (size_t i = 0; i < n; i++) {
        struct str label = net->options.one_mode ? net->rows[i].label : net->columns[i].label;
        sink->value(sink, "", &(struct row_value){.type = ROW_TEXT, .text = label});
    }
    sink->end(sink);
}

/* Numbers are appended to an empty cell: they are no formulas, also below 0. */
static void write_row(struct row_csv *csv, const struct network *net, struct network_matrix *m,
                      size_t row)
{
    struct row_sink *sink = &csv->sink;
    network_matrix_row(net, m, row);
    sink->begin(sink);
    sink->value(sink, "", &(struct row_value){.type = ROW_TEXT, .text = net->rows[row].label});
    for (size_t i = 0; i < m->n; i++) {
        sink->value(sink, "", &(struct row_value){.type = ROW_NULL});
        network_number(csv->out, m->row[i]);
    }
    sink->end(sink);
}

bool export_matrix(struct export_job *job, struct err *err)
{
    struct network net;
    struct row_csv csv = row_csv_make(job->out, job->guard);
    bool ok = network_make(job, &net, err);
    if (ok) {
        struct network_matrix m = network_matrix(&net, &net.arena);
        write_head(&csv, &net);
        for (size_t row = 0; ok && row < net.n_rows; row++) {
            write_row(&csv, &net, &m, row);
            ok = export_flush(job, err);
        }
    }
    network_finish(&net);
    return ok;
}
