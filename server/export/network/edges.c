/* A network as a list of edges (CSV), each with its statements. */
#include "export/network/network.h"

static void text_cell(struct row_csv *csv, struct str text)
{
    csv->sink.value(&csv->sink, "", &(struct row_value){.type = ROW_TEXT, .text = text});
}

static void write_edge(struct row_csv *csv, const struct network *net, const struct network_edge *e)
{
    static const struct row_value nothing = {.type = ROW_NULL};
    struct arena a = {0};
    const struct network_node *from = network_node(net, e->from),
                              *to = network_node(net, network_end(net, e));
    struct network_proof proof = network_proof(net, &a, e);
    csv->sink.begin(&csv->sink);
    text_cell(csv, from->label);
    text_cell(csv, to->label);
    csv->sink.value(&csv->sink, "", &nothing);
    network_number(csv->out, e->weight);
    text_cell(csv, from->key);
    text_cell(csv, to->key);
    csv->sink.value(&csv->sink, "", &nothing);
    if (e->since != NO_DAY)
        network_day(csv->out, e->since);
    csv->sink.value(&csv->sink, "", &nothing);
    for (size_t k = 0; k < proof.n; k++)
        buf_fmt(csv->out, "%s%lld", k ? " " : "", (long long)proof.v[k]);
    csv->sink.end(&csv->sink);
    arena_finish(&a);
}

bool export_edges(struct export_job *job, struct err *err)
{
    static const char *const columns[] = {"source",     "target", "weight",    "source_key",
                                          "target_key", "since",  "statements"};
    struct network net;
    struct row_csv csv = row_csv_make(job->out, job->guard);
    bool ok = network_make(job, &net, err);
    if (ok) {
        csv.sink.columns(&csv.sink, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; ok && i < net.n_edges; i++) {
            write_edge(&csv, &net, &net.edges[i]);
            ok = export_flush(job, err);
        }
    }
    network_finish(&net);
    return ok;
}
