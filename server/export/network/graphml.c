/* GraphML (graphml.graphdrawing.org): nodes with what is known of them, edges with their weight,
 * first day and statements. */
#include "export/network/network.h"

static void keys(struct buf *out)
{
    static const char *const table[][3] = {{"label", "node", "string"},
                                           {"kind", "node", "string"},
                                           {"organisation", "node", "string"},
                                           {"mode", "node", "int"},
                                           {"ties", "node", "int"},
                                           {"first_day", "node", "string"},
                                           {"weight", "edge", "double"},
                                           {"since", "edge", "string"},
                                           {"statements", "edge", "string"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        buf_fmt(out, "  <key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                table[i][0], table[i][1], table[i][0], table[i][2]);
}

static void data_text(struct buf *out, const char *key, struct str text)
{
    if (!text.n)
        return;
    buf_fmt(out, "<data key=\"%s\">", key);
    export_xml(out, text);
    buf_add(out, S("</data>"));
}

static void data_day(struct buf *out, const char *key, int32_t day)
{
    if (day == NO_DAY)
        return;
    buf_fmt(out, "<data key=\"%s\">", key);
    network_day(out, day);
    buf_add(out, S("</data>"));
}

static void write_node(struct buf *out, const struct network *net, size_t i)
{
    const struct network_node *node = network_node(net, i);
    buf_add(out, S("    <node id=\""));
    export_xml(out, node->key);
    buf_add(out, S("\">"));
    data_text(out, "label", node->label);
    data_text(out, "kind", node->kind);
    data_text(out, "organisation", node->organisation);
    buf_fmt(out, "<data key=\"mode\">%d</data><data key=\"ties\">%u</data>",
            i < net->n_rows ? 1 : 2, node->ties);
    data_day(out, "first_day", node->since);
    buf_add(out, S("</node>\n"));
}

static void write_edge(struct buf *out, const struct network *net, size_t i)
{
    const struct network_edge *e = &net->edges[i];
    struct arena a = {0};
    struct network_proof proof = network_proof(net, &a, e);
    buf_fmt(out, "    <edge id=\"e%zu\" source=\"", i);
    export_xml(out, network_node(net, e->from)->key);
    buf_add(out, S("\" target=\""));
    export_xml(out, network_node(net, network_end(net, e))->key);
    buf_add(out, S("\"><data key=\"weight\">"));
    network_number(out, e->weight);
    buf_add(out, S("</data>"));
    data_day(out, "since", e->since);
    buf_add(out, S("<data key=\"statements\">"));
    for (size_t k = 0; k < proof.n; k++)
        buf_fmt(out, "%s%lld", k ? " " : "", (long long)proof.v[k]);
    buf_add(out, S("</data></edge>\n"));
    arena_finish(&a);
}

bool export_graphml(struct export_job *job, struct err *err)
{
    struct network net;
    struct buf *out = job->out;
    bool ok = network_make(job, &net, err);
    if (ok) {
        buf_add(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
        keys(out);
        buf_add(out, S("  <graph id=\"discourse\" edgedefault=\"undirected\">\n"));
        for (size_t i = 0; i < network_nodes(&net); i++)
            write_node(out, &net, i);
        for (size_t i = 0; ok && i < net.n_edges; i++) {
            write_edge(out, &net, i);
            ok = export_flush(job, err);
        }
        buf_add(out, S("  </graph>\n</graphml>\n"));
    }
    network_finish(&net);
    return ok;
}
