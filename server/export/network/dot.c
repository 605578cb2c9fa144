/* DOT (graphviz.org): issues as boxes, edges below 0 dashed. */
#include "export/network/network.h"

#include <math.h>

static void write_node(struct buf *out, const struct network_node *node)
{
    buf_add(out, S("  "));
    network_quoted(out, node->key);
    buf_add(out, S(" [label="));
    network_quoted(out, node->label);
    buf_add(out, str_eq(node->kind, S("issue")) ? S(", shape=box];\n") : S("];\n"));
}

static void write_edge(struct buf *out, const struct network *net, const struct network_edge *e)
{
    buf_add(out, S("  "));
    network_quoted(out, network_node(net, e->from)->key);
    buf_add(out, S(" -- "));
    network_quoted(out, network_node(net, network_end(net, e))->key);
    buf_add(out, S(" [label=\""));
    network_number(out, e->weight);
    buf_add(out, S("\", penwidth="));
    network_number(out, round(fmin(8, 1 + fabs(e->weight)) * 100) / 100);
    buf_add(out, e->weight < 0 ? S(", style=dashed];\n") : S("];\n"));
}

bool export_dot(struct export_job *job, struct err *err)
{
    struct network net;
    bool ok = network_make(job, &net, err);
    if (ok) {
        buf_add(job->out, S("graph discourse {\n  charset=\"UTF-8\";\n  node [shape=ellipse];\n"));
        for (size_t i = 0; i < network_nodes(&net); i++)
            write_node(job->out, network_node(&net, i));
        for (size_t i = 0; i < net.n_edges; i++)
            write_edge(job->out, &net, &net.edges[i]);
        buf_add(job->out, S("}\n"));
    }
    network_finish(&net);
    return ok;
}
